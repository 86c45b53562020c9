/// The simple case mappings, a scalar for a scalar, as Lucene's filters apply them.
enum CaseTable {
    /// 0 where a scalar stays.
    private static let lower = table { $0.lowercaseMapping }
    private static let upper = table { $0.uppercaseMapping }

    @inline(__always)
    static func lowercase(_ scalar: UInt32) -> UInt32 {
        let shift = lower[scalar]
        return shift == 0 ? scalar : UInt32(truncatingIfNeeded: Int(scalar) + Int(shift))
    }

    static func uppercase(_ scalar: UInt32) -> UInt32 {
        let shift = upper[scalar]
        return shift == 0 ? scalar : UInt32(truncatingIfNeeded: Int(scalar) + Int(shift))
    }

    /// Every block that has letters of two cases; the tests look whether one is missing.
    static let casedBlocks: [ClosedRange<UInt32>] = [
        0x41...0x7A, 0xB5...0x587, 0x10A0...0x13FF, 0x1C80...0x1CBF, 0x1D79...0x1D8E, 0x1E00...0x1FFF, 0x2126...0x2188,
        0x24B6...0x24E9, 0x2C00...0x2DFF, 0xA640...0xA7FF, 0xAB53...0xABBF, 0xFF21...0xFF5A, 0x10400...0x105FF,
        0x10C80...0x10D8F, 0x118A0...0x118DF, 0x16E40...0x16EFF, 0x1E900...0x1E943,
    ]

    private static func table(_ mapping: (Unicode.Scalar.Properties) -> String) -> ScalarTable<Int32> {
        ScalarTable<Int32>(0) { set in
            for value in casedBlocks.joined() {
                guard let scalar = Unicode.Scalar(value) else { continue }
                let mapped = mapping(scalar.properties).unicodeScalars
                // A mapping to several scalars has no simple form, except for the capital I with a dot.
                guard let first = mapped.first, mapped.count == 1 || value == 0x130, first != scalar else { continue }
                set(value...value, Int32(truncatingIfNeeded: Int(first.value) - Int(value)))
            }
        }
    }
}

extension String {
    /// With each scalar in its simple lower case.
    ///
    /// - Complexity: O(*n*); nothing is copied where nothing changes.
    var simplyLowercased: String {
        var isASCII = true, changes = false
        for byte in utf8 {
            if byte >= 0x80 {
                isASCII = false
                break
            }
            if byte &- 0x41 < 26 { changes = true }
        }
        if isASCII {
            guard changes else { return self }
            return mapBytes { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
        }
        return mapScalars(CaseTable.lowercase)
    }

    var simplyUppercased: String { mapScalars(CaseTable.uppercase) }

    /// With each scalar mapped; what is no scalar afterwards stays as it was.
    func mapScalars(_ transform: (UInt32) -> UInt32) -> String {
        var result = String.UnicodeScalarView()
        var changed = false
        for scalar in unicodeScalars {
            let mapped = transform(scalar.value)
            changed = changed || mapped != scalar.value
            result.append(Unicode.Scalar(mapped) ?? scalar)
        }
        return changed ? String(result) : self
    }

    private func mapBytes(_ transform: (UInt8) -> UInt8) -> String {
        let bytes = utf8
        return String(unsafeUninitializedCapacity: bytes.count) { buffer in
            var index = 0
            for byte in bytes where index < buffer.count {
                buffer[index] = transform(byte)
                index += 1
            }
            return index
        }
    }
}
