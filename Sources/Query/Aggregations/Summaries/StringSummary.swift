internal import Glibc

/// What is known of some texts when all have been seen. Characters are UTF-16's units, as Elasticsearch counts them.
public struct StringSummary: Equatable, Sendable {
    public private(set) var count = 0
    public private(set) var shortest = Int.max
    public private(set) var longest = 0
    public private(set) var totalLength = 0
    private var characters: [UInt16: Int] = [:]

    public init() {}

    /// - Parameter times: how often the text comes.
    public mutating func add(_ text: String, times: Int = 1) {
        let length = text.utf16.count
        count += times
        shortest = min(shortest, length)
        longest = max(longest, length)
        totalLength += length * times
        for unit in text.utf16 { characters[unit, default: 0] += times }
    }

    /// Adds the texts of another shard or bucket.
    public mutating func merge(_ other: StringSummary) {
        count += other.count
        shortest = min(shortest, other.shortest)
        longest = max(longest, other.longest)
        totalLength += other.totalLength
        characters.merge(other.characters) { $0 + $1 }
    }

    public var meanLength: Double? { count == 0 ? nil : Double(totalLength) / Double(count) }

    /// Shannon's, in bits a character.
    public var entropy: Double {
        let total = Double(totalLength)
        return characters.sorted { $0.key < $1.key }.reduce(0) { sum, item in
            let part = Double(item.value) / total
            return sum - part * log2(part)
        }
    }

    /// How often each character comes, of all; the most frequent first.
    public var distribution: [(character: String, part: Double)] {
        characters.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
            (String(decoding: [$0.key], as: UTF16.self), Double($0.value) / Double(totalLength))
        }
    }
}
