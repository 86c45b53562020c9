internal import JSON
internal import Query

/// `POST /{index}/_classify`: the body of a `_search`, whose hits get the best of some labels.
public struct ClassifyRequest: Sendable {
    /// The labels, and the texts that stand for them.
    public private(set) var labels: [(label: String, text: String)] = []
    /// The field of the vectors; nil: the index's only one.
    public private(set) var field: String?
    /// Nil: the one that the index's mapping names.
    public private(set) var model: String?
    /// How many labels of each hit are told.
    public private(set) var top = 3
    /// What is looked for, vectors left out unless they are asked for.
    public let search: SearchRequest

    private static let mostLabels = 1000
    private static let keys: Set<String> = ["labels", "prompt", "field", "model", "top"]

    /// - Throws: `ElasticsearchError`: what `_search` says to such a body, and what is wrong with the labels.
    public init(body: some Collection<UInt8>, parameters: QueryParameters) throws(ElasticsearchError) {
        let members = try JSONBody.decode(body) { (root) throws(ParseError) in
            JSONMembers(try root.members(of: .object("classify")).map { ($0.name, JSONValue($0.element)) })
        }
        func text(_ name: String) throws(ElasticsearchError) -> String? {
            guard let value = members[name], value != .null else { return nil }
            guard let text = value.string else { throw .illegalArgument("[\(name)] must be a text") }
            return text
        }
        field = try text("field")
        model = try text("model")
        if let value = members["top"] {
            guard case .int(let count) = value, count > 0 else { throw .illegalArgument("[top] must be a number greater than 0") }
            top = count
        }
        labels = try Self.labels(members["labels"], prompt: try text("prompt") ?? LabelPrompt.place)
        var rest = JSONMembers(members.filter { !Self.keys.contains($0.key) }.map { ($0.key, $0.value) })
        if rest["_source"] == nil { rest["_source"] = ["exclude_vectors": true] }
        search = try SearchRequest(body: JSONValue.object(rest).serialized(), parameters: parameters)
    }

    /// A list of labels, each put into the prompt, or an object of labels and their texts.
    private static func labels(_ value: JSONValue?, prompt: String) throws(ElasticsearchError) -> [(label: String, text: String)] {
        guard prompt.contains(LabelPrompt.place) else { throw .illegalArgument("[prompt] must hold {} where the label is to stand") }
        var labels: [(label: String, text: String)] = []
        if let names = value?.array {
            for name in names {
                guard let name = name.string else { throw .illegalArgument("[labels] must be texts") }
                labels.append((name, LabelPrompt.text(of: name, in: prompt)))
            }
        } else if let texts = value?.object {
            for member in texts {
                guard let text = member.value.string else { throw .illegalArgument("[labels] must be texts") }
                labels.append((member.key, text))
            }
        } else {
            throw .illegalArgument("Required [labels]")
        }
        guard (1...mostLabels).contains(labels.count) else {
            throw .illegalArgument("[labels] must be 1 to \(mostLabels) but were \(labels.count)")
        }
        guard Set(labels.map(\.label)).count == labels.count else { throw .illegalArgument("[labels] must be different") }
        guard labels.allSatisfy({ $0.text.contains { !$0.isWhitespace } }) else { throw .illegalArgument("[labels] must not be empty") }
        return labels
    }
}
