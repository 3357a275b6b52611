// Which of the eight fills a bucket has: the first and the last are always the lightest and the darkest.
export function fillOf(place: number, count: number): string {
  return `url(#fill-${count <= 1 ? 0 : Math.round((place * 7) / (count - 1))})`;
}
