extension JSONDocument {
    /// Parses UTF-8 JSON in which integers of more than 20 digits stand for doubles. Python writes such: the tokenizers of Hugging
    /// Face that have no limit carry `int(1e30)` as their length.
    ///
    /// - Complexity: O(*n*); a second pass only where there is such a number.
    /// - Throws: `JSONError`.
    public init(wideningIntegersOf bytes: some Collection<UInt8>) throws(JSONError) {
        do throws(JSONError) {
            try self.init(parsing: bytes)
        } catch .numberOutOfRange {
            try self.init(parsing: Self.withFractions(bytes))
        }
    }

    /// Puts `.0` behind integers of more than 20 digits.
    private static func withFractions(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var result: [UInt8] = [], digits = 0, isString = false, isEscaped = false, isFraction = false
        result.reserveCapacity(bytes.count + 16)
        for byte in bytes {
            if isString {
                isString = isEscaped || byte != UInt8(ascii: "\"")
                isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
            } else {
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
                case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "+"), UInt8(ascii: "-"):
                    isFraction = byte != UInt8(ascii: "-") || isFraction
                    digits = 0
                default:
                    if digits > 20, !isFraction { result += ".0".utf8 }
                    (digits, isFraction) = (0, false)
                    isString = byte == UInt8(ascii: "\"")
                }
            }
            result.append(byte)
        }
        return result
    }
}
