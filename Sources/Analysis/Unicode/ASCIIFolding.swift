/// Letters, digits and marks as their nearest ASCII.
enum ASCIIFolding {
    private static let table: [UInt32: String] = {
        var table: [UInt32: String] = [:]
        for line in ASCIIFoldingPairs.groups.split(separator: "\n") {
            let parts = line.split(separator: " ")
            guard let text = parts.first else { continue }
            for code in parts.dropFirst() {
                if let scalar = UInt32(code, radix: 16) { table[scalar] = String(text) }
            }
        }
        return table
    }()

    /// The folded text; nil where nothing changes.
    static func folded(_ text: String) -> String? {
        guard text.utf8.contains(where: { $0 >= 0x80 }) else { return nil }
        var result = "", changed = false
        for scalar in text.unicodeScalars {
            if scalar.value >= 0x80, let ascii = table[scalar.value] {
                result += ascii
                changed = true
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return changed ? result : nil
    }
}
