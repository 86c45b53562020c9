/// Distinct terms in the order in which they came, found by hashing.
struct TermTable {
    private var bytes: [UInt8] = []
    private var starts: [UInt32] = [0]
    /// Numbers of terms, plus one; 0 is free. A power of two, of which at most half is taken.
    private var slots = [UInt32](repeating: 0, count: 64)
    /// Unknown outside: no terms can be made up that all collide.
    private static let seed = UInt64.random(in: .min ... .max) | 1

    var count: Int { starts.count - 1 }
    var byteCount: Int { bytes.count }

    /// The number of a term, which is added where it is new.
    mutating func number(of term: String) -> UInt32 {
        TermDictionary.withUTF8(term) { number(of: $0) }
    }

    private mutating func number(of term: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: Self.hash(term)) & mask
        while slots[slot] != 0 {
            let number = slots[slot] - 1
            if utf8(Int(number), { TermDictionary.compare($0, term) == 0 }) { return number }
            slot = (slot + 1) & mask
        }
        let number = UInt32(count)
        bytes.append(contentsOf: term)
        starts.append(UInt32(bytes.count))
        slots[slot] = number + 1
        if 2 * count > slots.count { grow() }
        return number
    }

    private mutating func grow() {
        slots = [UInt32](repeating: 0, count: 2 * slots.count)
        for number in 0..<count {
            var slot = Int(truncatingIfNeeded: utf8(number) { Self.hash($0) }) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(number) + 1
        }
    }

    func utf8<Value>(_ number: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Value) -> Value {
        bytes.withUnsafeBufferPointer {
            body(UnsafeBufferPointer(rebasing: $0[Int(starts[number])..<Int(starts[number + 1])]))
        }
    }

    /// The numbers of the terms by their bytes.
    func sorted() -> [UInt32] {
        // Most comparisons end within the first eight bytes.
        var keys: [(prefix: UInt64, number: UInt32)] = []
        keys.reserveCapacity(count)
        for number in 0..<count {
            keys.append((utf8(number) { term in (0..<8).reduce(0) { $0 << 8 | UInt64($1 < term.count ? term[$1] : 0) } }, UInt32(number)))
        }
        bytes.withUnsafeBufferPointer { bytes in
            func term(_ number: UInt32) -> UnsafeBufferPointer<UInt8> {
                UnsafeBufferPointer(rebasing: bytes[Int(starts[Int(number)])..<Int(starts[Int(number) + 1])])
            }
            keys.sort { left, right in
                left.prefix != right.prefix
                    ? left.prefix < right.prefix : TermDictionary.compare(term(left.number), term(right.number)) < 0
            }
        }
        return keys.map(\.number)
    }

    /// Multiplications whose upper and lower halves are folded, eight bytes at a time.
    private static func hash(_ term: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash = seed ^ UInt64(term.count)
        let raw = UnsafeRawBufferPointer(term)
        var offset = 0
        while offset + 8 <= raw.count {
            hash = fold(hash ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            offset += 8
        }
        var rest: UInt64 = 0
        while offset < raw.count {
            rest = rest << 8 | UInt64(raw[offset])
            offset += 1
        }
        return fold(fold(hash ^ rest) ^ seed)
    }

    private static func fold(_ value: UInt64) -> UInt64 {
        let product = (value ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        return product.high ^ product.low
    }
}
