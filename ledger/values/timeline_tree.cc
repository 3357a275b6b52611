#include "ledger/values/timeline_tree.h"

#include <algorithm>

namespace duebook {

namespace {

// As if by chance, so that days in any order, and any distance apart, make a shallow tree: MurmurHash3's last steps.
uint32_t PriorityOf(Date date) {
  auto bits = static_cast<uint32_t>(date.days());
  bits = (bits ^ bits >> 16) * 0x85ebca6b;
  bits = (bits ^ bits >> 13) * 0xc2b2ae35;
  return bits ^ bits >> 16;
}

}  // namespace

// --- changing ---

void TimelineTree::Update(uint32_t at) {
  Node& node = nodes_[at];
  const Node& left = Left(node);
  const Node& right = Right(node);
  const Sum after = left.sum + node.change;
  node.sum = after + right.sum;
  node.least = std::min(left.least, after + right.least);
  node.most = std::max(left.most, after + right.most);
  node.changes = left.changes || node.change != 0 || right.changes;
}

uint32_t TimelineTree::RotateRight(uint32_t at) {
  const uint32_t up = nodes_[at].left;
  nodes_[at].left = nodes_[up].right;
  nodes_[up].right = at;
  Update(at);
  return up;
}

uint32_t TimelineTree::RotateLeft(uint32_t at) {
  const uint32_t up = nodes_[at].right;
  nodes_[at].right = nodes_[up].left;
  nodes_[up].left = at;
  Update(at);
  return up;
}

uint32_t TimelineTree::AddBelow(uint32_t at, Date date, Sum change) {
  const auto is_above = [this](uint32_t a, uint32_t b) {
    return PriorityOf(nodes_[a].date) > PriorityOf(nodes_[b].date);
  };
  if (at == kNone) {
    at = static_cast<uint32_t>(nodes_.size());
    nodes_.push_back({date});
  }
  if (date == nodes_[at].date) {
    nodes_[at].change += change;
  } else if (date < nodes_[at].date) {
    const uint32_t left = AddBelow(nodes_[at].left, date, change);
    nodes_[at].left = left;
    if (is_above(left, at)) at = RotateRight(at);
  } else {
    const uint32_t right = AddBelow(nodes_[at].right, date, change);
    nodes_[at].right = right;
    if (is_above(right, at)) at = RotateLeft(at);
  }
  Update(at);
  return at;
}

void TimelineTree::Add(Date date, Sum change) { root_ = AddBelow(root_, date, change); }

// --- asking ---

Sum TimelineTree::At(Date date) const {
  Sum value = 0;
  for (uint32_t at = root_; at != kNone;) {
    const Node& node = nodes_[at];
    if (node.date > date) {
      at = node.left;
    } else {
      value += Left(node).sum + node.change;
      at = node.right;
    }
  }
  return value;
}

std::optional<Date> TimelineTree::LastChange() const {
  const Node* node = &nodes_[root_];
  if (!node->changes) return std::nullopt;
  while (true) {
    if (Right(*node).changes) {
      node = &Right(*node);
    } else if (node->change != 0) {
      return node->date;
    } else {
      node = &Left(*node);
    }
  }
}

TimelineExtreme TimelineTree::ExtremeFrom(Date date, Sum Node::*extreme) const {
  // The later days are those of some nodes on the way down to `date`, and of the subtrees to their right. The last such
  // node on the way is the first in time.
  struct Part {
    uint32_t node;
    Sum after;  // the value at the end of the node's day
  };
  std::vector<Part> parts;
  Sum value = 0;
  for (uint32_t at = root_; at != kNone;) {
    const Node& node = nodes_[at];
    const Sum after = value + Left(node).sum + node.change;
    if (node.date > date) {
      parts.push_back({at, after});
      at = node.left;
    } else {
      value = after;
      at = node.right;
    }
  }
  const auto beats = [extreme](Sum a, Sum b) { return extreme == &Node::least ? a < b : a > b; };
  TimelineExtreme best{date, value};
  const Part* best_part = nullptr;
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
    const Sum reached = part->after + Right(nodes_[part->node]).*extreme;
    if (!beats(reached, best.value)) continue;
    best.value = reached;
    best_part = &*part;
  }
  if (best_part == nullptr) return best;
  const Node& node = nodes_[best_part->node];
  best.date = best_part->after == best.value ? node.date : FirstWith(best.value, node.right, best_part->after, extreme);
  return best;
}

Date TimelineTree::FirstWith(Sum value, uint32_t at, Sum before, Sum Node::*extreme) const {
  while (true) {
    const Node& node = nodes_[at];
    if (before + Left(node).*extreme == value) {
      at = node.left;
      continue;
    }
    before += Left(node).sum + node.change;
    if (before == value) return node.date;
    at = node.right;
  }
}

}  // namespace duebook
