// The changes of a value by day, when there are many of them: a binary search tree by date in which every node knows
// what its whole subtree adds up to, and how low and how high the value goes on the way. It is a treap: the nodes are
// in the order of a heap by a number that follows from the date as if by chance, which keeps the tree shallow, in
// whatever order days come.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "ledger/values/date.h"
#include "ledger/values/money.h"

namespace duebook {

// The value on a day that it is reached first.
struct TimelineExtreme {
  Date date;
  Sum value;
};

// Each call takes time by the logarithm of the number of days. 80 bytes a day on which anything ever changed.
class TimelineTree {
 public:
  void Add(Date date, Sum change);

  // As Timeline says.
  Sum At(Date date) const;
  TimelineExtreme LeastFrom(Date date) const { return ExtremeFrom(date, &Node::least); }
  TimelineExtreme MostFrom(Date date) const { return ExtremeFrom(date, &Node::most); }
  std::optional<Date> LastChange() const;
  // Visits every day with its change, in order, but for those that are zero.
  template <class Visit>
  void ForEachChange(Visit&& visit) const {
    ForEachBelow(root_, Date::FromDays(Date::Min().days() - 1), visit);
  }
  // Visits the later days of them.
  template <class Visit>
  void ForEachChangeAfter(Date date, Visit&& visit) const {
    ForEachBelow(root_, date, visit);
  }

 private:
  static constexpr uint32_t kNone = 0;  // the first node stands for a subtree that has none
  struct Node {
    Date date;
    uint32_t left = kNone, right = kNone;
    bool changes = false;     // some day of the subtree has a change that is not zero
    Sum change = 0;           // of the day
    Sum sum = 0;              // of the subtree's changes
    Sum least = 0, most = 0;  // that the subtree's changes add up to after each of its days, or before all of them
  };

  // The subtree's new root.
  uint32_t AddBelow(uint32_t at, Date date, Sum change);
  uint32_t RotateRight(uint32_t at);
  uint32_t RotateLeft(uint32_t at);
  void Update(uint32_t at);
  const Node& Left(const Node& node) const { return nodes_[node.left]; }
  const Node& Right(const Node& node) const { return nodes_[node.right]; }

  template <class Visit>
  void ForEachBelow(uint32_t at, Date after, Visit& visit) const {
    const Node& node = nodes_[at];
    if (!node.changes) return;
    if (node.date > after) {
      ForEachBelow(node.left, after, visit);
      if (node.change != 0) visit(node.date, node.change);
    }
    ForEachBelow(node.right, after, visit);
  }
  TimelineExtreme ExtremeFrom(Date date, Sum Node::*extreme) const;
  // The first day of the subtree on which the value, `before` at first, is this one. There has to be one.
  Date FirstWith(Sum value, uint32_t at, Sum before, Sum Node::*extreme) const;

  std::vector<Node> nodes_{Node()};
  uint32_t root_ = kNone;
};

}  // namespace duebook
