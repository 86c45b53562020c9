internal import FieldIndex
internal import Ordinals
internal import Query

/// Reading of the column, a window of documents at a time.
extension SortColumn {
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
    func converted(_ value: Int64) -> Int64 {
        switch key.values {
        case .scaled(let scale): SortableDouble.encode(Double(value) * scale)
        case .truncated: Int64(exactly: SortableDouble.decode(value).rounded(.towardZero)) ?? (value < 0 ? .min : .max)
        default: key.dateScale.applied(to: value)
        }
    }

    /// - Parameter numbers: at least one, ascending.
    func combined(_ numbers: [Int64]) -> Int64 {
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
