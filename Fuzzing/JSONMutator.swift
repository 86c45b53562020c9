/// Mutates JSON by its values: single bytes seldom get past a parser.
struct JSONMutator {
    /// Values that stand on edges.
    private static let fragments = [
        "null", "{}", "[]", "\"\"", "0", "-1", "1", "1e308", "-1e-308", "9223372036854775807", "-9223372036854775808",
        "18446744073709551615", "2147483648", "4294967296", "1e19", "0.1", "true", "false", "\"*\"", "\"_id\"", "\"_score\"", "\"_doc\"", "\"a.b\"", "\".\"",
        "\"now-1d/d\"", "\"now+9999999999y\"", "\"POINT(1 2)\"", "[[[]]]", "\"\\u0000\"", "\"9999-99-99\"", "\"\\ud83d\\ude00\"",
        "\"-9223372036854775808\"", "\"1/0\"", "\"(((\"", "\"a{1,999999}\"", "\"2024-01-01||/M\"", "\"+292278994-01-01\"", "\"NaN\"", "\"75%\"",
        "\"2<-25% 9<-3\"", "\"1s\"", "\"9999999999d\"", "[1,2,3]", "{\"match_all\":{}}", "\"n\"", "\"k\"", "\"t\"", "\"v\"", "\"d\"", "\"g\"",
    ]

    var generator: SplitMix64
    /// Values of other inputs.
    static nonisolated(unsafe) var pool: [[UInt8]] = fragments.map { Array($0.utf8) }

    /// - Returns: the changed input; nil where it has no values.
    mutating func mutate(_ input: [UInt8]) -> [UInt8]? {
        var input = input
        for _ in 0...Int.random(in: 0..<3, using: &generator) {
            let spans = Self.values(input)
            guard let span = spans.randomElement(using: &generator) else { return nil }
            remember(Array(input[span]))
            switch Int.random(in: 0..<8, using: &generator) {
            case 0:
                guard let other = spans.randomElement(using: &generator) else { continue }
                input.replaceSubrange(span, with: Array(input[other]))
            case 1: input.replaceSubrange(span, with: [UInt8(ascii: "[")] + input[span] + [UInt8(ascii: "]")])
            case 2: input.replaceSubrange(span, with: Array(input[span]) + [UInt8(ascii: ",")] + input[span])
            case 3: input.removeSubrange(span)
            case 4, 5: input.replaceSubrange(span, with: Array((Self.fragments.randomElement(using: &generator) ?? "null").utf8))
            default: input.replaceSubrange(span, with: Self.pool.randomElement(using: &generator) ?? [])
            }
        }
        return input
    }

    private mutating func remember(_ value: [UInt8]) {
        guard value.count < 400 else { return }
        if Self.pool.count < 4096 {
            Self.pool.append(value)
        } else {
            Self.pool[Int.random(in: Self.fragments.count..<4096, using: &generator)] = value
        }
    }

    /// Where values stand, keys too, as far as brackets match.
    private static func values(_ input: [UInt8]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var open: [Int] = []
        var place = (input.firstIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
        while place < input.count {
            let start = place
            switch input[place] {
            case UInt8(ascii: "{"), UInt8(ascii: "["): open.append(place)
            case UInt8(ascii: "}"), UInt8(ascii: "]"): if let start = open.popLast() { found.append(start..<(place + 1)) }
            case UInt8(ascii: "\""):
                place += 1
                while place < input.count, input[place] != UInt8(ascii: "\"") { place += input[place] == UInt8(ascii: "\\") ? 2 : 1 }
                found.append(start..<min(place + 1, input.count))
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "a")...UInt8(ascii: "z"):
                while place + 1 < input.count, !",:]} \n".utf8.contains(input[place + 1]) { place += 1 }
                found.append(start..<(place + 1))
            default: break
            }
            place += 1
        }
        return found
    }
}

/// Sebastiano Vigna's SplitMix64.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
