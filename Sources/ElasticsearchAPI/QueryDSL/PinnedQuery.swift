internal import JSON
internal import Query

extension QueryDecoder {
    private enum Key: String, BodyKey {
        case ids, docs, organic, boost
        case name = "_name"
    }

    private enum DocumentKey: String, BodyKey {
        case index = "_index"
        case id = "_id"
    }

    /// Elasticsearch's limit.
    private static let maximumPinned = 100

    /// Documents that stand before what a query finds, in the order in which they are named: their scores are greater than any
    /// other, and fall.
    func pinned(_ body: Node) throws(ParseError) -> Query {
        var options = QueryOptions()
        var pinned: [PinnedDocuments.Document] = []
        var organic: Query?
        var given: Set<String> = []
        for (key, field) in try body.fields(Key.self, of: .query("pinned")) {
            switch key {
            case .ids:
                given.insert(key.rawValue)
                pinned = try field.strings().map { PinnedDocuments.Document(id: $0) }
            case .docs:
                given.insert(key.rawValue)
                for node in field.oneOrMany() { pinned.append(try document(node)) }
            case .organic: organic = try query(field.value)
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            }
        }
        guard let organic else { throw .argument("Required [organic]", at: body.path) }
        guard given.count == 1 else {
            throw .argument(
                given.isEmpty ? "Required one of fields [ids, docs], but none were specified."
                    : "The following fields are not allowed together: [ids, docs]", at: body.path)
        }
        guard !pinned.isEmpty else { throw .argument("[pinned] docs or ids must not be empty", at: body.path) }
        guard pinned.count <= Self.maximumPinned else {
            throw .argument("[pinned] Max of \(Self.maximumPinned) ids exceeded: \(pinned.count) provided.", at: body.path)
        }
        // A boost is for what is found: beyond the greatest number all pinned documents would be alike.
        let boost = options.boost
        options.boost = 1
        let boosted = boost == 1 ? organic : Query(.bool(BoolQuery(must: [organic])), boost: boost)
        return options.query(PinnedDocuments(pinned).query(beside: boosted).kind)
    }

    private func document(_ node: Node) throws(ParseError) -> PinnedDocuments.Document {
        if let id = node.element.string { return PinnedDocuments.Document(id: id) }
        var id: String?
        var index: String?
        for (key, field) in try node.fields(DocumentKey.self, of: .object("specified_document")) {
            switch key {
            case .id: id = try field.text()
            case .index: index = try field.text()
            }
        }
        guard let id else { throw .argument("Required [_id]", at: node.path) }
        return PinnedDocuments.Document(index: index, id: id)
    }
}
