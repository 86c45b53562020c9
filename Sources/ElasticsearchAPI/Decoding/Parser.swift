/// Which of Elasticsearch's ways to parse an object, and to refuse parts of it, is followed.
enum Parser {
    /// A declarative `ObjectParser` of this name.
    case object(String)
    /// A query's hand-written parser.
    case query(String)
    /// The hand-written parser of search bodies.
    case search
    /// The hand-written parser of bodies that hold only a query.
    case queryBody

    /// The error for a key that the parser does not have.
    func unknown(_ field: Field, known: [String]) -> ParseError {
        let path = field.value.path
        switch self {
        case .object(let name):
            let hint = Suggestions(for: field.name, among: known).text.map { " did you mean \($0)" } ?? ""
            return ParseError(.content, "[\(name)] unknown field [\(field.name)]\(hint)", at: path, isAtKey: true)
        case .query(let name):
            return ParseError(.parsing, "[\(name)] query does not support [\(field.name)]", at: path)
        case .queryBody:
            return ParseError(.parsing, "request does not support [\(field.name)]", at: path)
        case .search:
            return ParseError(.parsing, "Unknown key for a \(field.value.token) in [\(field.name)].", at: path)
        }
    }

    /// The error for a value of a kind that the key does not take.
    func unexpected(_ field: Field) -> ParseError {
        let path = field.value.path
        switch self {
        case .object(let name):
            return ParseError(
                .content, "[\(name)] \(field.name) doesn't support values of type: \(field.value.token)", at: path)
        case .query(let name):
            return ParseError(.parsing, "[\(name)] unknown token [\(field.value.token)] after [\(field.name)]", at: path)
        case .search, .queryBody:
            return ParseError(.parsing, "Unknown key for a \(field.value.token) in [\(field.name)].", at: path)
        }
    }

    /// The error for a value that is not an object at all.
    func expectedObject(_ node: Node) -> ParseError {
        switch self {
        case .object(let name):
            ParseError(.content, "[\(name)] Expected START_OBJECT but was: \(node.token)", at: node.path)
        case .query(let name):
            ParseError(.parsing, "[\(name)] query malformed, no start_object after query name", at: node.path)
        case .search, .queryBody:
            ParseError(.parsing, "Expected [START_OBJECT] but found [\(node.token)]", at: node.path)
        }
    }
}
