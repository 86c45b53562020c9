public import JSON

/// How values are written as terms whose order is the values'.
public enum TermCoding: Hashable, Sendable {
    case plain
    case address
    case version

    /// The term of a text; nil if it is no such value.
    public func term(_ text: String) -> String? {
        switch self {
        case .plain: text
        case .address: IPAddress(text)?.term
        case .version: VersionCode.term(text)
        }
    }

    /// The text of a term.
    public func text(_ term: String) -> String {
        switch self {
        case .plain: term
        case .address: IPAddress(term: term)?.description ?? term
        case .version: VersionCode.text(term)
        }
    }

    /// An indexed value as answers show it.
    public func shown(_ value: IndexedValue) -> JSONValue {
        switch value {
        case .term(let term): .string(text(term))
        case .long(let value): .int(Int(value))
        case .double(let value): .double(value)
        }
    }
}
