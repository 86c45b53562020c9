internal import Ordinals
internal import Query

extension Matches {
    /// What these objects of a level are in, scored by the objects' scores.
    ///
    /// - Complexity: O(matches + ordinals / 64).
    func joined(_ view: ShardView, _ level: NestedLevel, _ mode: NestedQuery.ScoreMode) -> Matches {
        if ordinals.isEmpty { return .none }
        let isConstant = if case .constant = scores { mode != .sum } else { false }
        if isConstant || mode == .none {
            return Matches(view.parents(of: ordinals, level), score: mode == .none ? 0 : score(at: 0))
        }
        var parents: [UInt32] = []
        var joined: [Float] = []
        var count = 0, total = 0.0, rank = 0
        func finish() {
            guard count > 0 else { return }
            joined.append(Float(mode == .avg ? total / Double(count) : total))
            count = 0
        }
        view.forEachObject(ordinals, of: level) { _, parent in
            let score = Double(self.score(at: rank))
            rank += 1
            if parents.last != parent {
                finish()
                parents.append(parent)
                total = score
            } else {
                switch mode {
                case .avg, .sum, .none: total += score
                case .min: total = Swift.min(total, score)
                case .max: total = Swift.max(total, score)
                }
            }
            count += 1
        }
        finish()
        return Matches(OrdinalSet(parents), scores: .each(joined))
    }
}
