extension QuantileSketch.Reader {
    /// The value below which a part of all lies; nil where there is none. Between two values it lies on the line between them.
    public func quantile(_ fraction: Double) -> Double? {
        guard let first = centroids.first, let last = centroids.last, (0...1).contains(fraction) else { return nil }
        if isExact {
            let index = fraction * Double(centroids.count - 1)
            if index <= 0 { return first.mean }
            if index >= Double(centroids.count - 1) { return last.mean }
            let low = Int(index)
            let value = centroids[low].mean
            return value + (index - Double(low)) * (centroids[low + 1].mean - value)
        }
        let target = fraction * Double(count)
        // A centroid's number stands in its middle; the ends are the least and the greatest.
        var position = 0.0, previous = (position: 0.0, value: minimum)
        for centroid in centroids {
            let middle = position + centroid.weight / 2
            if middle >= target {
                let span = middle - previous.position
                return span <= 0 ? centroid.mean : previous.value + (centroid.mean - previous.value) * (target - previous.position) / span
            }
            previous = (middle, centroid.mean)
            position += centroid.weight
        }
        let span = Double(count) - previous.position
        return span <= 0 ? maximum : previous.value + (maximum - previous.value) * min(1, (target - previous.position) / span)
    }

    /// The part of all that lies below a value, half of the equal ones among it; nil where there is none.
    public func rank(_ value: Double) -> Double? {
        guard let first = centroids.first else { return nil }
        if value < first.mean || value < minimum { return 0 }
        if value > maximum { return 1 }
        if isExact { return exactRank(value) }
        var position = 0.0, previous = (position: 0.0, value: minimum)
        for centroid in centroids {
            let middle = position + centroid.weight / 2
            if centroid.mean > value {
                let span = centroid.mean - previous.value
                let part = span <= 0 ? 0 : (value - previous.value) / span
                return (previous.position + (middle - previous.position) * part) / Double(count)
            }
            previous = (middle, centroid.mean)
            position += centroid.weight
        }
        return 1
    }

    /// As Elasticsearch reads it off sorted numbers: https://github.com/elastic/elasticsearch, `Dist.cdf`.
    private func exactRank(_ value: Double) -> Double {
        let length = Double(centroids.count)
        var below = 0.5, equal = 0.0
        for index in centroids.indices.dropFirst() {
            let number = centroids[index].mean
            if number > value {
                if equal > 0 { return (below + 0.5 * equal) / length }
                let previous = centroids[index - 1].mean
                return (below + (value - previous) / (number - previous)) / length
            }
            if number < value { below += 1 } else { equal += 1 }
        }
        return (length - 0.5 * equal) / length
    }

    /// The median of the distances from the median; nil where there is nothing.
    public var medianAbsoluteDeviation: Double? {
        guard let median = quantile(0.5) else { return nil }
        let distances = centroids.map { QuantileSketch.Centroid(mean: abs($0.mean - median), weight: $0.weight) }
            .sorted { $0.mean < $1.mean }
        return QuantileSketch.Reader(
            centroids: distances, isExact: isExact, count: count, minimum: distances.first?.mean ?? 0,
            maximum: distances.last?.mean ?? 0
        ).quantile(0.5)
    }

    /// The least and the greatest that lie no more than one and a half times the middle half's width beyond it.
    public func whiskers(_ first: Double, _ third: Double) -> (lower: Double, upper: Double) {
        let reach = 1.5 * (third - first)
        let lower = centroids.first { $0.mean >= first - reach }?.mean ?? minimum
        let upper = centroids.last { $0.mean <= third + reach }?.mean ?? maximum
        return (lower, upper)
    }
}
