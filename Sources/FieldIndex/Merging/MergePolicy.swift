/// Which segments are to be merged: neighbours of about one size once there are eight, so that each row is merged a number of
/// times that grows with the logarithm of all.
public struct MergePolicy: Equatable, Sendable {
    /// Neighbours of a tier that are merged.
    public var width = 8
    /// Documents of the lowest tier's segments.
    public var smallest = 1024
    /// A segment that holds as many bytes is not merged with others.
    public var maximumBytes = 1 << 30
    /// The share of dead documents from which on a segment is written anew.
    public var deadShare = 0.33

    public init() {}

    /// What a segment is to a policy.
    public struct Facts: Equatable, Sendable {
        public var documents: Int
        public var dead: Int
        public var bytes: Int

        public init(documents: Int, dead: Int, bytes: Int) {
            self.documents = documents
            self.dead = dead
            self.bytes = bytes
        }
    }

    /// The segments to merge next; nil if all are well as they are.
    public func choice(_ segments: [Facts]) -> Range<Int>? {
        if let empty = segments.firstIndex(where: { $0.documents == $0.dead }) { return empty..<(empty + 1) }
        // Runs at the end, where the small ones are: all of a tier, and what is smaller among them.
        var tier = 0
        var start = segments.count
        while start > 0 {
            while start > 0, segments[start - 1].bytes < maximumBytes, self.tier(segments[start - 1]) <= tier { start -= 1 }
            let run = start..<segments.count
            // Smaller ones do not count: a large one would be merged with a few of them over and over.
            if run.count(where: { self.tier(segments[$0]) == tier }) >= width {
                // As many as make no more than the largest there may be.
                var bytes = 0
                let end = run.first { index in
                    bytes += segments[index].bytes
                    return bytes > maximumBytes
                } ?? run.upperBound
                if end - start > 1 { return start..<end }
            }
            guard start > 0 else { break }
            if segments[start - 1].bytes >= maximumBytes { break }
            tier = self.tier(segments[start - 1])
        }
        return segments.firstIndex { Double($0.dead) > deadShare * Double($0.documents) && $0.dead >= smallest / 8 }
            .map { $0..<($0 + 1) }
    }

    private func tier(_ facts: Facts) -> Int {
        var tier = 0
        var size = smallest
        while facts.documents - facts.dead > size, size <= .max / width {
            size *= width
            tier += 1
        }
        return tier
    }
}
