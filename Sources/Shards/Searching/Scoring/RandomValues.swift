internal import FieldIndex
internal import Ordinals
internal import Query

/// Random numbers that come from a field's values: documents of one value have one number.
struct RandomValues {
    let seed: UInt64
    let fields: FieldIndexView

    /// By ordinal, from 0 to below 1; documents without the field have the seed's own.
    ///
    /// - Complexity: O(documents · length of their terms).
    func numbers(of field: String, _ documents: OrdinalSet, end: Int) -> [Double] {
        var found = [UInt64?](repeating: nil, count: end)
        // Of several values, the first.
        func add(_ value: UInt64, to ordinal: UInt32) {
            if found[Int(ordinal)] == nil { found[Int(ordinal)] = BitMixer.mixed(seed &+ value &* BitMixer.step) }
        }
        for part in fields.keywords(field)?.parts ?? [] {
            part.column.forEachBlock(of: documents) { ordinals, ranks in
                for (ordinal, rank) in zip(ordinals, ranks) { add(Self.hash(part.column.term(Int(rank))), to: ordinal) }
            }
        }
        for column in fields.numbers(field) {
            if column.isFloatingPoint {
                column.forEachDoubleBlock(of: documents) { ordinals, values in
                    for (ordinal, value) in zip(ordinals, values) { add(value.bitPattern, to: ordinal) }
                }
            } else {
                column.forEachBlock(of: documents) { ordinals, values in
                    for (ordinal, value) in zip(ordinals, values) { add(UInt64(bitPattern: value), to: ordinal) }
                }
            }
        }
        let none = BitMixer.mixed(seed)
        return found.map { Self.fraction($0 ?? none) }
    }

    static func fraction(_ mixed: UInt64) -> Double { Double(mixed >> 40) / Double(1 << 24) }

    /// FNV-1a: the same for each run of the program.
    private static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    }
}
