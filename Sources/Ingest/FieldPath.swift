/// The way to a field of a document: `a.b.0.c`.
struct FieldPath: Equatable, Sendable {
    enum Root: Equatable, Sendable {
        case source
        /// `_ingest`
        case ingest
    }

    let text: String
    let root: Root
    /// Empty for all of the root.
    let names: [String]

    /// - Throws: `IngestFault.emptyPath`.
    init(_ text: String) throws(IngestFault) {
        self.text = text
        var rest = Substring(text)
        if rest.hasPrefix("ctx.") { rest = rest.dropFirst(4) }
        if rest.hasPrefix("_source.") {
            rest = rest.dropFirst(8)
            root = .source
        } else if rest == "_ingest" || rest.hasPrefix("_ingest.") {
            rest = rest.dropFirst(8)
            root = .ingest
        } else {
            root = .source
        }
        names = rest.split(separator: ".").map(String.init)
        guard !names.isEmpty || root == .ingest else { throw .emptyPath }
    }

    /// Without its last name.
    var parent: [String] { Array(names.dropLast()) }
    var last: String { names.last ?? "" }
}
