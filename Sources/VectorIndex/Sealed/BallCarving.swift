/// Cuts points into overlapping groups of near ones: each point goes to the nearest few of some leaders chosen at random,
/// and groups that are still too large are cut again.
struct BallCarving {
    /// The most points of a leaf.
    static let leafLimit = 1500
    /// Points of a leaf, about.
    static let leafTarget = 600
    static let mostLeaders = 1000
    /// Groups below this are joined: products of small matrices are slow.
    static let leafMinimum = 100

    /// How many leaders a point follows, at the first cut and at those that come after.
    static func fanout(depth: Int, count: Int) -> Int {
        if depth > 0 { return 2 }
        // Where leaders are too few for leaves to be small, the second cut multiplies a point's leaves, too.
        return count > mostLeaders * leafLimit / 6 ? 6 : 12
    }

    static func leaderCount(_ count: Int, fanout: Int) -> Int {
        min(mostLeaders, max(2, count * fanout / leafTarget))
    }

    /// Parts of points that no cut can tell apart.
    static func chopped(_ points: [UInt32]) -> [[UInt32]] {
        stride(from: 0, to: points.count, by: leafLimit).map { Array(points[$0..<min(points.count, $0 + leafLimit)]) }
    }

    /// Small groups put together, in their order.
    static func joined(_ groups: [[UInt32]]) -> [[UInt32]] {
        var joined: [[UInt32]] = [], rest: [UInt32] = []
        for group in groups where !group.isEmpty {
            if group.count >= leafMinimum {
                joined.append(group)
            } else {
                rest += group
                if rest.count >= leafTarget {
                    joined.append(rest)
                    rest = []
                }
            }
        }
        return rest.isEmpty ? joined : joined + [rest]
    }
}
