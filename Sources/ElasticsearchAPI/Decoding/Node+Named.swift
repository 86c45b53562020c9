internal import JSON

extension Node {
    /// Reads `{"name": {…}}`, the form that queries and retrievers have.
    ///
    /// - Parameters:
    ///   - what: what errors call it: `query`.
    ///   - prefix: what stands before that where there is no name to tell.
    ///   - empty: which error it is that there is nothing in it.
    ///   - kind: what a name means. It throws for one that means nothing, before what follows is looked at.
    func named<Kind>(
        _ what: String, prefix: String = "", empty: ParseError.Kind = .parsing,
        kind: (_ name: String, _ path: JSONPath) throws(ParseError) -> Kind
    ) throws(ParseError) -> (kind: Kind, body: Node) {
        guard let object = element.object else {
            throw ParseError(.parsing, "\(prefix)\(what) malformed, must start with start_object", at: path)
        }
        var members = object.makeIterator()
        guard let (name, value) = members.next() else {
            throw ParseError(empty, "\(what) malformed, empty clause found", at: path)
        }
        let body = Node(element: value, path: .key(path, name))
        guard value.kind == .object else {
            throw ParseError(.parsing, "[\(name)] \(what) malformed, no start_object after \(what) name", at: body.path)
        }
        let kind = try kind(name, body.path)
        if let next = members.next() {
            throw ParseError(
                .parsing, "[\(name)] malformed \(what), expected [END_OBJECT] but found [FIELD_NAME]",
                at: .key(path, next.key), isAtKey: true)
        }
        return (kind, body)
    }
}
