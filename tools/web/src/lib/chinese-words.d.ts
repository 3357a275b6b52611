// Made by build.mjs of the program's own tables.
declare module 'chinese-words' {
  const words: Record<string, string>;
  export default words;
}
