/// A distribution of numbers that quantiles are read from: all numbers while they are few, then a t-digest (Dunning and Ertl,
/// "Computing Extremely Accurate Quantiles Using t-Digests", 2019).
public struct QuantileSketch: Equatable, Sendable {
    struct Centroid: Equatable {
        var mean: Double
        var weight: Double
    }

    /// So many numbers are kept as they are.
    static let mostExact = 16_384

    private let compression: Double
    /// Sorted, and then what came since.
    private var centroids: [Centroid] = []
    private var sortedCount = 0
    private var isExact = true
    public private(set) var count = 0
    public private(set) var minimum = Double.infinity
    public private(set) var maximum = -Double.infinity

    public init(compression: Double = 100) { self.compression = max(compression, 10) }

    /// One number more.
    ///
    /// - Complexity: O(log *n*) on average: numbers are sorted and brought together when there are many.
    public mutating func add(_ value: Double) { add(Centroid(mean: value, weight: 1)) }

    /// Adds the numbers of another shard or bucket.
    public mutating func merge(_ other: QuantileSketch) {
        if !other.isExact { isExact = false }
        for centroid in other.centroids { add(centroid) }
        minimum = min(minimum, other.minimum)
        maximum = max(maximum, other.maximum)
    }

    private mutating func add(_ centroid: Centroid) {
        centroids.append(centroid)
        count += Int(centroid.weight)
        minimum = min(minimum, centroid.mean)
        maximum = max(maximum, centroid.mean)
        guard centroids.count - sortedCount >= Self.mostExact, centroids.count > Self.mostExact else { return }
        isExact = false
        compress()
    }

    private mutating func compress() {
        centroids.sort { $0.mean < $1.mean }
        let total = centroids.reduce(0) { $0 + $1.weight }
        var merged: [Centroid] = []
        var before = 0.0
        for centroid in centroids {
            if let last = merged.last {
                let weight = last.weight + centroid.weight
                let low = before / total, high = (before + weight) / total
                // At the ends single numbers are kept; in the middle many become one.
                let limit = 4 * total * min(low * (1 - low), high * (1 - high)) / (2 * compression)
                if weight <= limit {
                    merged[merged.count - 1] = Centroid(
                        mean: last.mean + (centroid.mean - last.mean) * centroid.weight / weight, weight: weight)
                    continue
                }
                before += last.weight
            }
            merged.append(centroid)
        }
        centroids = merged
        sortedCount = merged.count
    }

    // MARK: Reading

    /// Ascending.
    var sorted: [Centroid] { centroids.sorted { $0.mean < $1.mean } }

    /// Reads several values off at once, since it sorts what it holds.
    public struct Reader: Sendable {
        let centroids: [Centroid]
        let isExact: Bool
        let count: Int
        let minimum: Double
        let maximum: Double
    }

    public var reader: Reader { Reader(centroids: sorted, isExact: isExact, count: count, minimum: minimum, maximum: maximum) }
}
