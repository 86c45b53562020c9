/// An IP address; one of version 4 is `::ffff:a.b.c.d` of version 6.
public struct IPAddress: Hashable, Sendable, CustomStringConvertible {
    /// 16 of them.
    private(set) var bytes: [UInt8]

    private static let mappedPrefix = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Reads `a.b.c.d` or the forms of version 6; nil for anything else.
    public init?(_ text: String) {
        if let four = Self.four(text[...]) {
            bytes = Self.mappedPrefix + four
            return
        }
        guard text.utf8.contains(UInt8(ascii: ":")) else { return nil }
        var tail = text[...]
        var end: [UInt8] = []
        // The last 32 bits may be written as version 4 does.
        if text.utf8.contains(UInt8(ascii: ".")), let colon = text.lastIndex(of: ":") {
            guard let four = Self.four(text[text.index(after: colon)...]) else { return nil }
            end = four
            tail = text[...colon]
            if tail.hasSuffix("::") == false { tail = tail.dropLast() }
        }
        let halves = Self.split(tail)
        guard let head = Self.groups(halves.0) else { return nil }
        guard let rest = halves.1 else {
            guard head.count + end.count == 16 else { return nil }
            bytes = head + end
            return
        }
        guard let after = Self.groups(rest), head.count + after.count + end.count <= 14 else { return nil }
        bytes = head + [UInt8](repeating: 0, count: 16 - head.count - after.count - end.count) + after + end
    }

    /// What stands before `::` and after it; nil after it where there is none.
    private static func split(_ text: Substring) -> (Substring, Substring?) {
        guard let gap = text.firstRange(of: "::") else { return (text, nil) }
        return (text[..<gap.lowerBound], text[gap.upperBound...])
    }

    private static func groups(_ text: Substring) -> [UInt8]? {
        if text.isEmpty { return [] }
        var bytes: [UInt8] = []
        for part in text.split(separator: ":", omittingEmptySubsequences: false) {
            guard (1...4).contains(part.utf8.count), part.utf8.first != UInt8(ascii: "+"),
                let value = UInt16(part, radix: 16)
            else { return nil }
            bytes += [UInt8(value >> 8), UInt8(truncatingIfNeeded: value)]
        }
        return bytes
    }

    private static func four(_ text: Substring) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            let isPlain = part.utf8.allSatisfy { (0x30...0x39).contains($0) } && (part.utf8.count == 1 || part.utf8.first != 0x30)
            guard isPlain, let value = UInt8(part) else { return nil }
            bytes.append(value)
        }
        return bytes
    }

    // MARK: Terms

    /// 32 hexadecimal digits, in the order of addresses.
    public var term: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in bytes { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }

    public init?(term: String) {
        guard term.utf8.count == 32 else { return nil }
        var bytes: [UInt8] = []
        var rest = term[...]
        while !rest.isEmpty {
            guard let byte = UInt8(rest.prefix(2), radix: 16) else { return nil }
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        self.bytes = bytes
    }

    static let least = IPAddress(bytes: [UInt8](repeating: 0, count: 16))
    static let greatest = IPAddress(bytes: [UInt8](repeating: 0xFF, count: 16))

    /// The addresses of `address/length`; nil if the text is none.
    public static func block(_ text: String) -> (first: IPAddress, last: IPAddress)? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let address = IPAddress(String(parts[0])), let length = Int(parts[1]) else { return nil }
        let isFour = parts[0].utf8.contains(UInt8(ascii: ".")) && !parts[0].utf8.contains(UInt8(ascii: ":"))
        guard (0...(isFour ? 32 : 128)).contains(length) else { return nil }
        let mask = mask(isFour ? 96 + length : length)
        return (
            IPAddress(bytes: zip(address.bytes, mask).map { $0 & $1 }), IPAddress(bytes: zip(address.bytes, mask).map { $0 | ~$1 })
        )
    }

    /// 16 bytes whose first bits are set.
    private static func mask(_ bits: Int) -> [UInt8] {
        (0..<16).map { index in
            let kept = bits - 8 * index
            return kept >= 8 ? 0xFF : kept <= 0 ? 0 : 0xFF << UInt8(8 - kept)
        }
    }

    /// The first address of those that have the same first bits, of 128.
    public func masked(to bits: Int) -> IPAddress { IPAddress(bytes: zip(bytes, Self.mask(bits)).map { $0 & $1 }) }

    /// The address of version 4 that the last 32 bits are, whatever the others.
    public var lastFour: IPAddress { IPAddress(bytes: Self.mappedPrefix + bytes[12...]) }

    /// The first bits of 32 as `255.255.0.0`.
    public static func netmask(_ bits: Int) -> String { mask(bits).prefix(4).map(String.init).joined(separator: ".") }

    /// The next address; nil after the last.
    public var successor: IPAddress? {
        guard let index = bytes.lastIndex(where: { $0 != 0xFF }) else { return nil }
        return IPAddress(bytes: bytes[..<index] + [bytes[index] + 1] + bytes[(index + 1)...].map { _ in 0 })
    }

    /// The address before; nil before the first.
    public var predecessor: IPAddress? {
        guard let index = bytes.lastIndex(where: { $0 != 0 }) else { return nil }
        return IPAddress(bytes: bytes[..<index] + [bytes[index] - 1] + bytes[(index + 1)...].map { _ in 0xFF })
    }

    /// As RFC 5952 has it: the longest run of two zero groups or more is left out.
    public var description: String {
        if bytes.starts(with: Self.mappedPrefix) { return bytes[12...].map(String.init).joined(separator: ".") }
        let groups = stride(from: 0, to: 16, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
        var run = 0..<0
        var start = 0
        while start < groups.count {
            let end = groups[start...].firstIndex { $0 != 0 } ?? groups.count
            if end - start > max(run.count, 1) { run = start..<end }
            start = end + 1
        }
        func text(_ groups: some Sequence<UInt16>) -> String { groups.map { String($0, radix: 16) }.joined(separator: ":") }
        return run.isEmpty ? text(groups) : text(groups[..<run.lowerBound]) + "::" + text(groups[run.upperBound...])
    }
}
