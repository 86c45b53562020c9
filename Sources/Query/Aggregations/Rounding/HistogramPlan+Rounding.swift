extension HistogramPlan.Rounding {
    /// The beginning of the interval that a value lies in.
    public func start(of value: Double) -> Double {
        switch self {
        case .interval(let interval, let offset): ((value - offset) / interval).rounded(.down) * interval + offset
        case .date(let rounding): Double(rounding.start(of: Int64(clamping: value)))
        }
    }

    /// The beginning of the next interval.
    public func next(after start: Double) -> Double {
        switch self {
        case .interval(let interval, let offset): (((start - offset) / interval).rounded() + 1) * interval + offset
        case .date(let rounding): Double(rounding.next(after: Int64(clamping: start)))
        }
    }

    /// The key of the bucket that begins there: a moment is a whole number.
    public func key(_ start: Double) -> BucketKey {
        switch self {
        case .interval: .double(start)
        case .date: .long(Int64(clamping: start))
        }
    }
}

extension Int64 {
    init(clamping value: Double) {
        self = value >= 0x1p63 ? .max : value < -0x1p63 ? .min : value.isNaN ? 0 : Int64(value)
    }
}
