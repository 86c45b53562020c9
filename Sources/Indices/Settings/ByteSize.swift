/// A number of bytes as Elasticsearch reads and writes it: `20mb`. Units are powers of 1024.
public struct ByteSize: Equatable, Sendable {
    private static let units = ["b", "kb", "mb", "gb", "tb", "pb"]

    public let bytes: Int

    public init(_ bytes: Int) {
        self.bytes = bytes
    }

    /// Reads a number and a unit, which may be one letter; 0 needs none. Nil for anything else, and for what is too large.
    public init?(parsing text: String) {
        let text = text.lowercased()
        guard text != "0" else {
            bytes = 0
            return
        }
        let number = text.prefix { $0.isNumber || $0 == "." }
        let unit = text.dropFirst(number.count).drop { $0 == " " }
        guard let power = Self.units.firstIndex(where: { $0 == unit || (!unit.isEmpty && unit != "b" && $0 == unit + "b") }),
            let value = Double(number), let bytes = Int(exactly: (value * Double(1 << (10 * power))).rounded(.towardZero))
        else { return nil }
        self.bytes = bytes
    }

    /// Whole units without their name. Nil where there is no such unit.
    public func count(of unit: String) -> Int? { Self.units.firstIndex(of: unit).map { bytes >> (10 * $0) } }

    /// With the largest unit that fits, and one decimal where it does not fit exactly.
    public var human: String {
        var power = 0
        while power < Self.units.count - 1, bytes >> (10 * (power + 1)) > 0 { power += 1 }
        let tenths = power == 0 ? bytes * 10 : (bytes >> (10 * (power - 1))) * 10 / 1024
        let fraction = tenths % 10 == 0 ? "" : ".\(tenths % 10)"
        return "\(tenths / 10)\(fraction)\(Self.units[power])"
    }
}
