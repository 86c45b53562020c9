internal import FieldIndex
internal import Ordinals
internal import Query

/// A key of an order in one view: each document's value as a code, lesser codes first.
///
/// Codes of a descending order are inverted bit by bit. Keywords are coded by their ranks in the view, with room between two for
/// what is no keyword here: a place that another shard's document marks, and a stand-in for missing ones.
struct SortColumn {
    private let key: OrderKey
    private let numbers: [NumberColumn]
    private let keywords: KeywordView?
    private let mask: Int64
    private let missing: Int64
    /// Each document's code, where values are of its nested objects.
    private var nested: [Int64]?

    /// - Throws: `ShardError`, of a filter of nested objects.
    init(_ key: OrderKey, view: ShardView) throws(ShardError) {
        self.key = key
        mask = key.order == .ascending ? 0 : -1
        switch key.values {
        case .score: (numbers, keywords) = ([], nil)
        case .keywords: (numbers, keywords) = ([], view.keywords(key.field))
        case .floats, .doubles, .truncated:
            (numbers, keywords) = (view.fields.numbers(key.field).filter(\.isFloatingPoint), nil)
        case .longs, .unsigned, .booleans, .dates, .scaled:
            (numbers, keywords) = (view.fields.numbers(key.field).filter { !$0.isFloatingPoint }, nil)
        }
        missing = Self.code(key.missing, key, keywords, mask)
        if let order = key.nested { nested = try nestedCodes(NestedSortValues(view: view, order: order)) }
    }

    /// The code of each document by ordinal: of the values of all its objects together.
    ///
    /// - Complexity: O(objects' values + ordinals).
    private func nestedCodes(_ values: NestedSortValues) throws(ShardError) -> [Int64] {
        let objects = try values.objects()
        var codes = [Int64](repeating: missing, count: Int(values.view.limit))
        var pairs: [(document: UInt32, value: Int64)] = []
        for part in keywords?.parts ?? [] {
            var documents = NestedSortValues.Documents(values.view)
            part.column.forEachBlock(of: objects) { ordinals, ranks in
                for (ordinal, rank) in zip(ordinals, ranks) {
                    pairs.append((documents.document(of: ordinal), Int64(part.globalRank(rank)) * 4))
                }
            }
        }
        for column in numbers {
            var documents = NestedSortValues.Documents(values.view)
            column.forEachBlock(of: objects) { ordinals, values in
                for (ordinal, value) in zip(ordinals, values) {
                    pairs.append((documents.document(of: ordinal), converted(value)))
                }
            }
        }
        var rest = pairs[...]
        while let document = rest.first?.document {
            let run = rest.prefix { $0.document == document }
            rest = rest.dropFirst(run.count)
            let sorted = run.map(\.value).sorted()
            guard let least = sorted.first, let greatest = sorted.last else { continue }
            let code =
                switch key.mode {
                case .minimum: least
                case .maximum: greatest
                case .sum, .average, .median: key.values == .keywords ? least : combined(sorted)
                }
            codes[Int(document)] = code ^ mask
        }
        return codes
    }

    // MARK: Codes

    func code(_ value: SortKey) -> Int64 { Self.code(value, key, keywords, mask) }

    private static func code(_ value: SortKey, _ key: OrderKey, _ keywords: KeywordView?, _ mask: Int64) -> Int64 {
        switch value {
        case .absent: return key.absentIsFirst ? .min : .max
        case .long(let number):
            return (key.isFloating ? SortableDouble.encode(Double(number)) : number) ^ mask
        case .double(let number):
            if key.isFloating { return SortableDouble.encode(number == 0 ? 0 : number) ^ mask }
            return (Int64(exactly: number.rounded()) ?? (number < 0 ? .min : .max)) ^ mask
        case .keyword(let text):
            let rank = keywords?.rank(notBefore: text) ?? 0
            if let keywords, rank < keywords.termCount, keywords.term(rank).utf8.elementsEqual(text.utf8) {
                return Int64(rank) * 4 ^ mask
            }
            guard case .keyword(let missing) = key.missing, !missing.utf8.elementsEqual(text.utf8) else {
                return (Int64(rank) * 4 - 2) ^ mask
            }
            return (Int64(rank) * 4 - (text.utf8.lexicographicallyPrecedes(missing.utf8) ? 3 : 1)) ^ mask
        }
    }

    /// What a document's code stands for.
    func key(_ code: Int64) -> SortKey {
        if key.values == .keywords {
            if code == missing { return key.missing }
            guard let keywords, code != .max, code != .min else { return .absent }
            let rank = Int((code ^ mask) / 4)
            return keywords.termCount > rank && rank >= 0 ? .keyword(keywords.term(rank)) : .absent
        }
        return key.isFloating ? .double(SortableDouble.decode(code ^ mask)) : .long(code ^ mask)
    }

    // MARK: Reading

    /// Fills in the codes of a window's documents.
    ///
    /// - Parameter rank: how many documents match before the window.
    func fill(_ buffer: inout [Int64], window: Range<Int>, _ matches: Matches, rank: Int) {
        let base = window.lowerBound * 64
        buffer.withUnsafeMutableBufferPointer { buffer in
            if key.values == .score { return fillScores(buffer, window, matches, rank) }
            if let nested {
                for slot in buffer.indices { buffer[slot] = base + slot < nested.count ? nested[base + slot] : missing }
                return
            }
            buffer.update(repeating: missing)
            for part in keywords?.parts ?? [] {
                var last: UInt32?
                part.column.forEachBlock(of: matches.ordinals, within: window) { ordinals, ranks in
                    for (ordinal, rank) in zip(ordinals, ranks) {
                        // Keywords of one document ascend.
                        if key.mode == .minimum, last == ordinal { continue }
                        last = ordinal
                        buffer[Int(ordinal) - base] = Int64(part.globalRank(rank)) * 4 ^ mask
                    }
                }
            }
            for column in numbers {
                if column.isSingleValued || key.mode == .minimum || key.mode == .maximum {
                    fillOne(buffer, base, column, window, matches)
                } else {
                    fillAll(buffer, base, column, window, matches)
                }
            }
        }
    }

    private func fillScores(
        _ buffer: UnsafeMutableBufferPointer<Int64>, _ window: Range<Int>, _ matches: Matches, _ rank: Int
    ) {
        var rank = rank
        for index in window {
            var word = matches.ordinals.words[index]
            while word != 0 {
                let slot = (index - window.lowerBound) * 64 + word.trailingZeroBitCount
                word &= word - 1
                buffer[slot] = SortableDouble.encode(Double(matches.score(at: rank))) ^ mask
                rank += 1
            }
        }
    }

    /// The least or the greatest number of each document; they ascend.
    private func fillOne(
        _ buffer: UnsafeMutableBufferPointer<Int64>, _ base: Int, _ column: NumberColumn, _ window: Range<Int>,
        _ matches: Matches
    ) {
        let takesFirst = key.mode == .minimum
        var last: UInt32?
        column.forEachBlock(of: matches.ordinals, within: window) { ordinals, values in
            for (ordinal, value) in zip(ordinals, values) {
                if takesFirst, last == ordinal { continue }
                last = ordinal
                buffer[Int(ordinal) - base] = converted(value) ^ mask
            }
        }
    }

    /// A number made of all of each document's.
    private func fillAll(
        _ buffer: UnsafeMutableBufferPointer<Int64>, _ base: Int, _ column: NumberColumn, _ window: Range<Int>,
        _ matches: Matches
    ) {
        var current: UInt32?
        var numbers: [Int64] = []
        func finish() {
            guard let current else { return }
            buffer[Int(current) - base] = combined(numbers) ^ mask
            numbers.removeAll(keepingCapacity: true)
        }
        column.forEachBlock(of: matches.ordinals, within: window) { ordinals, values in
            for (ordinal, value) in zip(ordinals, values) {
                if current != ordinal { finish() }
                current = ordinal
                numbers.append(converted(value))
            }
        }
        finish()
    }

    @inline(__always)
    private func converted(_ value: Int64) -> Int64 {
        switch key.values {
        case .scaled(let scale): SortableDouble.encode(Double(value) * scale)
        case .truncated: Int64(exactly: SortableDouble.decode(value).rounded(.towardZero)) ?? (value < 0 ? .min : .max)
        default: key.dateScale.applied(to: value)
        }
    }

    /// - Parameter numbers: at least one, ascending.
    private func combined(_ numbers: [Int64]) -> Int64 {
        let middle = numbers.count / 2
        if key.isFloating {
            let doubles = numbers.map(SortableDouble.decode)
            let result =
                switch key.mode {
                case .minimum: doubles[0]
                case .maximum: doubles[doubles.count - 1]
                case .sum: doubles.reduce(0, +)
                case .average: doubles.reduce(0, +) / Double(doubles.count)
                case .median: doubles.count % 2 == 1 ? doubles[middle] : (doubles[middle - 1] + doubles[middle]) / 2
                }
            return SortableDouble.encode(key.values == .floats ? Double(Float(result)) : result)
        }
        func rounded(_ value: Double) -> Int64 { Int64(exactly: (value + 0.5).rounded(.down)) ?? (value < 0 ? .min : .max) }
        // Java's sums wrap around.
        switch key.mode {
        case .minimum: return numbers[0]
        case .maximum: return numbers[numbers.count - 1]
        case .sum: return numbers.reduce(0, &+)
        case .average: return numbers.count == 1 ? numbers[0] : rounded(Double(numbers.reduce(0, &+)) / Double(numbers.count))
        case .median: return numbers.count % 2 == 1 ? numbers[middle] : rounded((Double(numbers[middle - 1]) + Double(numbers[middle])) / 2)
        }
    }
}

extension OrderKey {
    /// Whether codes are of floating-point numbers.
    fileprivate var isFloating: Bool {
        switch values {
        case .score, .scaled, .floats, .doubles: true
        case .keywords, .longs, .unsigned, .booleans, .dates, .truncated: false
        }
    }
}
