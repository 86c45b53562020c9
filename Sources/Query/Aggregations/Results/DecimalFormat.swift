internal import Foundation

/// A pattern that numbers are written by, as Java's `DecimalFormat` reads it: `0.00`, `#,##0.##`, `0.0%`, `$0.00`.
///
/// Source: https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/text/DecimalFormat.html
public struct DecimalFormat: Equatable, Sendable {
    public let pattern: String
    private var prefix = ""
    private var suffix = ""
    private var leastWhole = 0
    private var leastFraction = 0
    private var mostFraction = 0
    private var leastExponent: Int?
    /// Whole digits between separators; 0: none.
    private var group = 0
    private var factor = 1.0

    /// - Returns: nil for what is no pattern.
    public init?(_ pattern: String) {
        self.pattern = pattern
        guard pattern.utf8.count <= 256 else { return nil }
        var isAfterPoint = false, isInside = false, isDone = false, sinceSeparator: Int?
        var whole = 0, isQuoted = false
        for character in pattern.split(separator: ";", omittingEmptySubsequences: false).first ?? "" {
            if isQuoted || character == "'" {
                if character == "'" { isQuoted.toggle() } else if isInside { suffix.append(character) } else { prefix.append(character) }
                continue
            }
            if leastExponent != nil, !isDone, character == "0" {
                leastExponent = (leastExponent ?? 0) + 1
                continue
            }
            switch character {
            case "#" where !isDone, "0" where !isDone:
                isInside = true
                if isAfterPoint {
                    mostFraction += 1
                    if character == "0" {
                        guard leastFraction == mostFraction - 1 else { return nil }
                        leastFraction += 1
                    }
                } else {
                    whole += 1
                    if character == "0" { leastWhole += 1 } else if leastWhole > 0 { return nil }
                    if let count = sinceSeparator { sinceSeparator = count + 1 }
                }
            case "," where !isDone && !isAfterPoint:
                isInside = true
                sinceSeparator = 0
            case "." where !isDone && !isAfterPoint:
                isInside = true
                isAfterPoint = true
            case "E" where isInside && !isDone: leastExponent = 0
            case "%", "\u{2030}":
                factor = character == "%" ? 100 : 1000
                isDone = isInside
                if isInside { suffix.append(character) } else { prefix.append(character) }
            default:
                if isInside {
                    isDone = true
                    suffix.append(character)
                } else {
                    prefix.append(character)
                }
            }
        }
        guard !isQuoted, isInside, leastExponent != 0 else { return nil }
        group = sinceSeparator ?? 0
        if whole == 0, !isAfterPoint { return nil }
    }

    /// Rounded to the even digit where it lies in the middle.
    public func string(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return (value < 0 ? "-" : "") + prefix + "\u{221e}" + suffix }
        let scaled = min(abs(value) * factor, .greatestFiniteMagnitude)
        var text: String
        if let leastExponent {
            text = scientific(scaled, leastExponent)
        } else {
            text = plain(scaled)
        }
        let isNegative = value < 0 && text.contains { ("1"..."9").contains($0) }
        text = prefix + text + suffix
        return isNegative ? "-" + text : text
    }

    private func plain(_ value: Double) -> String {
        // The shortest decimal that is the number is rounded, not the number's binary expansion.
        let rounded = NSDecimalNumber(string: value.description).rounding(
            accordingToBehavior: NSDecimalNumberHandler(
                roundingMode: .bankers, scale: Int16(min(mostFraction, 30)), raiseOnExactness: false, raiseOnOverflow: false,
                raiseOnUnderflow: false, raiseOnDivideByZero: false))
        let parts = rounded.stringValue.split(separator: ".")
        var whole = parts.first.map(String.init) ?? "0"
        if whole == "0", leastWhole == 0, mostFraction > 0 { whole = "" }
        whole = String(repeating: "0", count: max(0, leastWhole - whole.count)) + whole
        var fraction = parts.count > 1 ? String(parts[1]) : ""
        fraction += String(repeating: "0", count: max(0, leastFraction - fraction.count))
        if whole.isEmpty, fraction.isEmpty { whole = "0" }
        return grouped(whole) + (fraction.isEmpty ? "" : "." + fraction)
    }

    private func grouped(_ digits: String) -> String {
        guard group > 0 else { return digits }
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: group) { text.append(",") }
            text.append(digit)
        }
        return text
    }

    private func scientific(_ value: Double, _ least: Int) -> String {
        var exponent = value == 0 ? 0 : Int(log10(value).rounded(.down)) - (max(leastWhole, 1) - 1)
        var mantissa = value / pow(10, Double(exponent))
        if plain(mantissa).prefix(while: { $0 != "." }).count > max(leastWhole, 1) {
            exponent += 1
            mantissa /= 10
        }
        let digits = String(abs(exponent))
        return plain(mantissa) + "E" + (exponent < 0 ? "-" : "") + String(repeating: "0", count: max(0, least - digits.count)) + digits
    }
}
