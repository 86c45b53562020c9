internal import FieldIndex
internal import Mapping
internal import Ordinals
internal import Scripts

/// Brings what fields hold of some documents into columns by their places among them.
struct ColumnGathering {
    let view: ShardView
    let mapping: Mapping
    let documents: OrdinalSet
    /// The same, in order.
    let ordinals: [UInt32]

    init(_ documents: OrdinalSet, view: ShardView, mapping: Mapping) {
        self.documents = documents
        self.view = view
        self.mapping = mapping
        ordinals = Array(documents)
    }

    /// - Complexity: O(documents) for each input.
    func columns(_ inputs: [ColumnInput]) -> [ColumnValues] { inputs.map(column) }

    private func column(_ input: ColumnInput) -> ColumnValues {
        if input.part == .count { return ColumnValues(.longs(counts(of: input.field))) }
        let numbers = view.fields.numbers(input.field)
        switch mapping.field(input.field)?.type {
        case .number(.scaledFloat(let factor))?:
            let inverse = 1 / factor
            let (values, missing) = first(numbers.filter { !$0.isFloatingPoint })
            return ColumnValues(.doubles(values.map { Double($0) * inverse }), missing: missing)
        case .number(let type)? where type.isFloatingPoint:
            let (values, missing) = first(numbers.filter(\.isFloatingPoint))
            return ColumnValues(.doubles(values.map(SortableDouble.decode)), missing: missing)
        default:
            let (values, missing) = first(numbers.filter { !$0.isFloatingPoint })
            return ColumnValues(.longs(values), missing: missing)
        }
    }

    /// The least value of each document.
    private func first(_ columns: [NumberColumn]) -> (values: [Int64], missing: [Bool]) {
        var values = [Int64](repeating: 0, count: ordinals.count)
        var isMissing = [Bool](repeating: true, count: ordinals.count)
        var found = 0
        for column in columns {
            var cursor = 0
            var last: UInt32?
            column.forEachBlock(of: documents) { block, numbers in
                for (ordinal, value) in zip(block, numbers) {
                    if last == ordinal { continue }
                    last = ordinal
                    cursor = place(of: ordinal, from: cursor)
                    values[cursor] = value
                    isMissing[cursor] = false
                    found += 1
                }
            }
        }
        return (values, found == ordinals.count ? [] : isMissing)
    }

    private func counts(of field: String) -> [Int64] {
        var counts = [Int64](repeating: 0, count: ordinals.count)
        func count(_ block: UnsafeBufferPointer<UInt32>, _ cursor: inout Int) {
            for ordinal in block {
                cursor = place(of: ordinal, from: cursor)
                counts[cursor] += 1
            }
        }
        for column in view.fields.numbers(field) {
            var cursor = 0
            column.forEachBlock(of: documents) { block, _ in count(block, &cursor) }
        }
        for column in view.fields.points(field) {
            var cursor = 0
            column.forEachBlock(of: documents) { block, _ in count(block, &cursor) }
        }
        for part in view.keywords(field)?.parts ?? [] {
            var cursor = 0
            part.column.forEachBlock(of: documents) { block, _ in count(block, &cursor) }
        }
        return counts
    }

    /// Where a document of the set stands in it; `start` is not beyond it.
    private func place(of ordinal: UInt32, from start: Int) -> Int {
        var index = start
        // Most follow the one before; in a dense set, all do.
        while ordinals[index] < ordinal {
            let step = Int(ordinal - ordinals[index])
            if index + step < ordinals.count, ordinals[index + step] == ordinal { return index + step }
            index += 1
        }
        return index
    }
}
