internal import Glibc

/// How many different values there are: exactly for not too many, and from then on by HyperLogLog (Flajolet et al., 2007) over
/// 2¹⁴ registers, whose standard error is 0.8 %.
public struct DistinctCount: Equatable, Sendable {
    private static let mostExact = 65_536
    private static let registerBits = 14

    private var exact: Set<UInt64> = []
    private var registers: [UInt8] = []

    public init() {}

    /// - Parameter hash: evenly spread, the same for the same value.
    public mutating func add(hash: UInt64) {
        if registers.isEmpty {
            exact.insert(hash)
            if exact.count > Self.mostExact { estimate() }
        } else {
            register(hash)
        }
    }

    /// Adds what another has seen: exact as long as both are few.
    public mutating func merge(_ other: DistinctCount) {
        if other.registers.isEmpty {
            for hash in other.exact { add(hash: hash) }
        } else {
            if registers.isEmpty { estimate() }
            for (index, value) in other.registers.enumerated() { registers[index] = max(registers[index], value) }
        }
    }

    public var value: Int {
        if registers.isEmpty { return exact.count }
        let count = Double(registers.count)
        let sum = registers.reduce(0.0) { $0 + 1 / Double(1 << UInt64($1)) }
        let raw = 0.7213 / (1 + 1.079 / count) * count * count / sum
        let zeros = registers.count { $0 == 0 }
        // Few values leave registers empty, which tell more.
        return Int((raw <= 2.5 * count && zeros > 0 ? count * log(count / Double(zeros)) : raw).rounded())
    }

    private mutating func estimate() {
        registers = [UInt8](repeating: 0, count: 1 << Self.registerBits)
        for hash in exact { register(hash) }
        exact = []
    }

    private mutating func register(_ hash: UInt64) {
        let index = Int(hash >> UInt64(64 - Self.registerBits))
        let rest = hash << UInt64(Self.registerBits)
        registers[index] = max(registers[index], UInt8(min(rest.leadingZeroBitCount, 64 - Self.registerBits) + 1))
    }

    /// FNV-1a, mixed.
    public static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return Self.hash(hash)
    }

    /// A number's hash, evenly spread.
    public static func hash(_ value: UInt64) -> UInt64 { BitMixer.mixed(value &+ BitMixer.step) }
}
