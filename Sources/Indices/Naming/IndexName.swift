/// The rules for an index's name.
///
/// Source: https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-indices-create
public enum IndexName {
    private static let forbidden: [Character] = ["\\", "/", "*", "?", "\"", "<", ">", "|", " ", ","]
    private static let maximumBytes = 255

    /// - Throws: `IndicesError.invalidIndexName` with the first rule that `name` breaks.
    public static func validate(_ name: String) throws(IndicesError) {
        if let reason = violation(name) { throw .invalidIndexName(name, reason: reason) }
    }

    /// The rules for an alias's name are an index's.
    ///
    /// - Throws: `IndicesError.invalidAliasName`.
    public static func validateAlias(_ alias: String) throws(IndicesError) {
        // Unlike an index, an alias may have capitals.
        if let reason = violation(alias.lowercased()) { throw .invalidAliasName(alias, reason: reason) }
    }

    private static func violation(_ name: String) -> String? {
        if name.contains(where: { forbidden.contains($0) }) {
            return "must not contain the following characters ['\\','/','*','?','\"','<','>','|',' ',',']"
        }
        if name.isEmpty { return "must not be empty" }
        if name.contains("#") { return "must not contain '#'" }
        if name.contains(":") { return "must not contain ':'" }
        if let first = name.first, "_-+".contains(first) { return "must not start with '_', '-', or '+'" }
        if name.utf8.count > maximumBytes {
            return "index name is too long, (\(name.utf8.count) > \(maximumBytes))"
        }
        if name == "." || name == ".." { return "must not be '.' or '..'" }
        if name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            return "must not contain control characters"
        }
        if name.lowercased() != name { return "must be lowercase" }
        return nil
    }
}
