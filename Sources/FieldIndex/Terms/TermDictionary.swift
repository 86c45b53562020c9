internal import Glibc

/// The distinct terms of one field in one segment, in the order of their UTF-8 bytes.
struct TermDictionary: Sendable {
    /// Where each term begins, and an end.
    private var starts: Section<UInt32>
    private let bytes: Section<UInt8>
    /// Bytes at the beginning of each term that are not shown.
    private var hidden = 0

    var count: Int { max(0, starts.count - 1) }

    /// A term's bytes; `rank` must be less than `count`.
    @inline(__always)
    func utf8(_ rank: Int) -> UnsafeBufferPointer<UInt8> {
        precondition(rank >= 0 && rank < count)
        return UnsafeBufferPointer(rebasing: bytes.elements[(Int(starts.elements[rank]) + hidden)..<Int(starts.elements[rank + 1])])
    }

    func term(_ rank: Int) -> String { String(decoding: utf8(rank), as: UTF8.self) }

    /// - Complexity: O(log *n*).
    func rank(of term: UnsafeBufferPointer<UInt8>) -> Int? {
        let rank = lowerBound(term)
        return rank < count && Self.compare(utf8(rank), term) == 0 ? rank : nil
    }

    func rank(of term: String) -> Int? { Self.withUTF8(term) { rank(of: $0) } }

    /// The first rank whose term is not less.
    func lowerBound(_ term: UnsafeBufferPointer<UInt8>) -> Int { partition { Self.compare($0, term) >= 0 } }

    /// The ranks of the terms that begin with a prefix.
    func ranks(withPrefix prefix: [UInt8]) -> Range<Int> {
        prefix.withUnsafeBufferPointer { prefix in
            let first = lowerBound(prefix)
            let end = partition { term in Self.compare(UnsafeBufferPointer(rebasing: term.prefix(prefix.count)), prefix) > 0 }
            return first..<max(first, end)
        }
    }

    /// The ranks of the terms between two bounds.
    func ranks(lower: TermBound?, upper: TermBound?) -> Range<Int> {
        let first = lower.map { bound in
            Self.withUTF8(bound.term) { term in partition { Self.compare($0, term) >= (bound.isInclusive ? 0 : 1) } }
        }
        let end = upper.map { bound in
            Self.withUTF8(bound.term) { term in partition { Self.compare($0, term) >= (bound.isInclusive ? 1 : 0) } }
        }
        return (first ?? 0)..<max(first ?? 0, end ?? count)
    }

    /// The terms of some ranks, without their first bytes, which all of them have.
    func part(_ ranks: Range<Int>, hiding prefix: Int) -> TermDictionary {
        var part = self
        part.starts = starts.part(ranks.lowerBound..<(ranks.upperBound + 1))
        part.hidden = hidden + prefix
        return part
    }

    private func partition(where isBeyond: (UnsafeBufferPointer<UInt8>) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isBeyond(utf8(middle)) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// -1, 0 or 1.
    @inline(__always)
    static func compare(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
        let shared = min(left.count, right.count)
        if shared > 0, let first = left.baseAddress, let second = right.baseAddress {
            let order = memcmp(first, second, shared)
            if order != 0 { return order < 0 ? -1 : 1 }
        }
        return left.count == right.count ? 0 : left.count < right.count ? -1 : 1
    }

    static func withUTF8<Value>(_ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Value) -> Value {
        var text = text
        return text.withUTF8(body)
    }

    // MARK: Storage

    init?(_ reader: inout DirectoryReader) {
        guard let starts = reader.section(of: UInt32.self), let bytes = reader.section(of: UInt8.self), starts.count > 0,
            starts[0] == 0, Int(starts[starts.count - 1]) == bytes.count,
            (1..<starts.count).allSatisfy({ starts.elements[$0 - 1] <= starts.elements[$0] })
        else { return nil }
        self.starts = starts
        self.bytes = bytes
    }
}
