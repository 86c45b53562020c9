internal import Ordinals

/// What a query matches on a view, to be read page by page in the order of the ordinals.
public struct MatchingDocuments: Sendable {
    private let ordinals: OrdinalSet

    init(_ ordinals: OrdinalSet) {
        self.ordinals = ordinals
    }

    public var count: Int { ordinals.count }

    /// The next documents.
    ///
    /// - Parameter ordinal: the last of the page before; nil for the first page.
    /// - Complexity: O(*limit* + ordinals skipped / 64).
    public func page(after ordinal: UInt32?, limit: Int) -> [UInt32] {
        guard limit > 0, ordinal != .max else { return [] }
        var page: [UInt32] = []
        let start = ordinal.map { $0 + 1 } ?? 0
        var index = Int(start >> 6)
        guard index < ordinals.words.count else { return [] }
        var word = ordinals.words[index] & (.max << UInt64(start & 63))
        while true {
            while word != 0 {
                page.append(UInt32(index << 6 + word.trailingZeroBitCount))
                if page.count == limit { return page }
                word &= word - 1
            }
            index += 1
            guard index < ordinals.words.count else { return page }
            word = ordinals.words[index]
        }
    }
}
