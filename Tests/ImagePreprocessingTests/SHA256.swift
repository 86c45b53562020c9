/// FIPS 180-4, for comparing with the hashes in the reference data.
enum SHA256 {
    static func hex(_ message: [UInt8]) -> String {
        var state: [UInt32] = fractions(of: { $0.squareRoot() }, count: 8)
        let constants: [UInt32] = fractions(of: { cubeRoot($0) }, count: 64)
        var padded = message + [0x80]
        padded += [UInt8](repeating: 0, count: (120 - padded.count % 64) % 64)
        let bitCount = UInt64(message.count) * 8
        padded += stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: bitCount >> UInt64($0)) }
        var schedule = [UInt32](repeating: 0, count: 64)
        for block in stride(from: 0, to: padded.count, by: 64) {
            for i in 0..<16 { schedule[i] = (0..<4).reduce(0) { $0 << 8 | UInt32(padded[block + i * 4 + $1]) } }
            for i in 16..<64 {
                let (a, b) = (schedule[i - 15], schedule[i - 2])
                schedule[i] = schedule[i - 16] &+ schedule[i - 7]
                schedule[i] &+= rotate(a, 7) ^ rotate(a, 18) ^ (a >> 3)
                schedule[i] &+= rotate(b, 17) ^ rotate(b, 19) ^ (b >> 10)
            }
            var h = state
            for i in 0..<64 {
                let first = h[7] &+ (rotate(h[4], 6) ^ rotate(h[4], 11) ^ rotate(h[4], 25))
                    &+ ((h[4] & h[5]) ^ (~h[4] & h[6])) &+ constants[i] &+ schedule[i]
                let second = (rotate(h[0], 2) ^ rotate(h[0], 13) ^ rotate(h[0], 22))
                    &+ ((h[0] & h[1]) ^ (h[0] & h[2]) ^ (h[1] & h[2]))
                h = [first &+ second, h[0], h[1], h[2], h[3] &+ first, h[4], h[5], h[6]]
            }
            for i in 0..<8 { state[i] &+= h[i] }
        }
        return state.map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 8 - digits.count) + digits
        }.joined()
    }

    private static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 { word >> count | word << (32 - count) }

    /// The first 32 fractional bits of the roots of the first primes.
    private static func fractions(of root: (Double) -> Double, count: Int) -> [UInt32] {
        var primes: [Int] = []
        var candidate = 2
        while primes.count < count {
            if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
            candidate += 1
        }
        return primes.map { prime in
            let value = root(Double(prime))
            return UInt32((value - value.rounded(.down)) * 4_294_967_296)
        }
    }

    private static func cubeRoot(_ x: Double) -> Double {
        var root = x / 3 + 1
        for _ in 0..<60 { root -= (root * root * root - x) / (3 * root * root) }
        return root
    }
}
