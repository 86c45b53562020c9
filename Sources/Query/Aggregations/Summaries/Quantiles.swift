/// A distribution, kept in either way.
public enum Quantiles: Equatable, Sendable {
    case sketch(QuantileSketch)
    case histogram(DigitHistogram)

    public init(_ method: QuantileMethod) {
        switch method {
        case .digest(let compression): self = .sketch(QuantileSketch(compression: compression))
        case .histogram(let digits): self = .histogram(DigitHistogram(digits: digits))
        }
    }

    /// One number more.
    public mutating func add(_ value: Double) {
        switch self {
        case .sketch(var sketch):
            // Emptied, so that what is changed is not copied.
            self = .sketch(QuantileSketch())
            sketch.add(value)
            self = .sketch(sketch)
        case .histogram(var histogram):
            self = .histogram(DigitHistogram(digits: 0))
            histogram.add(value)
            self = .histogram(histogram)
        }
    }

    /// Adds the numbers of another shard or bucket, which are kept by the same method.
    public mutating func merge(_ other: Quantiles) {
        switch (self, other) {
        case (.sketch(var sketch), .sketch(let other)):
            sketch.merge(other)
            self = .sketch(sketch)
        case (.histogram(var histogram), .histogram(let other)):
            histogram.merge(other)
            self = .histogram(histogram)
        case (.sketch, .histogram), (.histogram, .sketch): break
        }
    }

    /// The values at some percents; nil where there is none.
    public func percentiles(_ percents: [Double]) -> [Double?] {
        switch self {
        case .sketch(let sketch):
            let reader = sketch.reader
            return percents.map { reader.quantile($0 / 100) }
        case .histogram(let histogram): return percents.map { histogram.quantile($0 / 100) }
        }
    }

    /// How many percent lie below some values.
    public func ranks(_ values: [Double]) -> [Double?] {
        switch self {
        case .sketch(let sketch):
            let reader = sketch.reader
            return values.map { reader.rank($0).map { $0 * 100 } }
        case .histogram(let histogram): return values.map { histogram.rank($0).map { $0 * 100 } }
        }
    }
}
