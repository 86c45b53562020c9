/// What models, deployments and aliases may be called.
public enum ModelName {
    private static let limit = 64

    /// Lowercase letters, digits, hyphens, underscores and dots, a letter or digit at both ends.
    ///
    /// - Parameter field: what is named, for the reason.
    /// - Returns: nil if there is nothing wrong, else what is.
    public static func violation(of name: String, field: String) -> String? {
        if name.utf8.count > limit { return "The \(field) cannot contain more than \(limit) characters." }
        guard isWellFormed(name), let last = name.utf8.last, isLetterOrDigit(last) else {
            return "Invalid \(field); '\(name)' can contain lowercase alphanumeric (a-z and 0-9), hyphens or underscores; "
                + "must start and end with alphanumeric"
        }
        return nil
    }

    /// As for models, but with no digit at the end.
    public static func violation(ofAlias name: String) -> String? {
        guard name.utf8.count <= limit, isWellFormed(name), let last = name.utf8.last,
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(last) || name.utf8.count == 1
        else {
            return "Invalid model_alias; '\(name)' can contain lowercase alphanumeric (a-z and 0-9), hyphens or underscores; "
                + "must start with alphanumeric and cannot end with numbers"
        }
        return nil
    }

    private static func isWellFormed(_ name: String) -> Bool {
        guard let first = name.utf8.first, isLetterOrDigit(first) else { return false }
        return name.utf8.allSatisfy { isLetterOrDigit($0) || "-_.".utf8.contains($0) }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
