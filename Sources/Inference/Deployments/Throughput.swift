/// Items a minute: the last whole minute's, and the most of any.
public struct Throughput: Sendable, Equatable {
    /// The most items of a whole minute.
    public private(set) var peak = 0
    private var current = Minute(number: 0)
    private var previous = Minute(number: 0)

    private struct Minute: Equatable {
        var number: Int
        var items = 0
        var cacheHits = 0
        var encodingTime = Duration.zero
    }

    mutating func count(items: Int, cacheHits: Int, encodingTime: Duration, at milliseconds: Int) {
        advance(to: milliseconds)
        current.items += items
        current.cacheHits += cacheHits
        current.encodingTime += encodingTime
    }

    /// Ends minutes that are over.
    mutating func advance(to milliseconds: Int) {
        let number = milliseconds / 60_000
        guard number != current.number else { return }
        peak = max(peak, current.items)
        previous = current.number == number - 1 ? current : Minute(number: number - 1)
        current = Minute(number: number)
    }

    /// Of the last whole minute.
    public var itemsLastMinute: Int { previous.items }
    public var cacheHitsLastMinute: Int { previous.cacheHits }
    /// For each item of the last whole minute; nil if there was none.
    public var averageTimeLastMinute: Duration? {
        previous.items == 0 ? nil : previous.encodingTime / previous.items
    }
}
