internal import JSON
internal import Query

extension RetrieverDecoder {
    private enum PinnedKey: String, BodyKey {
        case ids, docs, retriever
        case window = "rank_window_size"
    }

    private enum DocumentKey: String, BodyKey {
        case index = "_index"
        case id = "_id"
    }

    func pinned(_ body: Node) throws(ParseError) -> Retriever {
        var options = RetrieverOptions()
        var ids: [PinnedDocuments.Document]?, documents: [PinnedDocuments.Document]?
        var child: Retriever?
        var window = FusedRetriever.defaultWindow
        for (key, field) in try body.fields(PinnedKey.self, of: "pinned", &options, queries) {
            switch key {
            case .ids: ids = try field.strings().map { PinnedDocuments.Document(id: $0) }
            case .docs:
                documents = try field.wrapping { () throws(ParseError) in try Self.documents(field) }
            case .retriever: child = try field.wrapping { () throws(ParseError) in try retriever(field.value) }
            case .window: window = try field.int()
            }
        }
        guard let child else { throw .argument("Required [retriever]", at: body.path) }
        if ids != nil, documents != nil {
            throw .argument("Both 'ids' and 'docs' cannot be specified at the same time", at: body.path)
        }
        let pinned = ids ?? documents ?? []
        guard !pinned.isEmpty else {
            throw .argument("Either 'ids' or 'docs' must be provided and non-empty for pinned retriever", at: body.path)
        }
        guard pinned.count <= Self.maximumPinned else {
            throw .argument("Max of \(Self.maximumPinned) pinned documents can be specified", at: body.path)
        }
        return options.retriever(.pinned(PinnedRetriever(documents: pinned, child: child, window: window)))
    }

    /// As Elasticsearch's pinned query has it.
    private static let maximumPinned = 100

    private static func documents(_ field: Field) throws(ParseError) -> [PinnedDocuments.Document] {
        var documents: [PinnedDocuments.Document] = []
        for node in field.oneOrMany() {
            var document = PinnedDocuments.Document(id: "")
            for (key, field) in try node.fields(DocumentKey.self, of: .object("specified_document")) {
                switch key {
                case .index: document.index = try field.string()
                case .id: document.id = try field.text()
                }
            }
            guard !document.id.isEmpty else { throw .argument("Required [_id]", at: node.path) }
            documents.append(document)
        }
        return documents
    }

    private enum RescorerKey: String, BodyKey {
        case retriever, rescore
    }

    func rescorer(_ body: Node) throws(ParseError) -> Retriever {
        var options = RetrieverOptions()
        var child: Retriever?
        var rescorers: [Rescorer]?
        for (key, field) in try body.fields(RescorerKey.self, of: "rescorer", &options, queries) {
            switch key {
            case .retriever: child = try field.wrapping { () throws(ParseError) in try retriever(field.value) }
            case .rescore:
                rescorers = try field.wrapping { () throws(ParseError) in try [Rescorer](field, queries) }
            }
        }
        guard let child, let rescorers else {
            let missing = (child == nil ? ["retriever"] : []) + (rescorers == nil ? ["rescore"] : [])
            throw .argument("Required [\(missing.joined(separator: ", "))]", at: body.path)
        }
        guard !rescorers.isEmpty else { throw .argument("Missing rescore definition", at: body.path) }
        return options.retriever(.rescorer(RescorerRetriever(child: child, rescorers: rescorers)))
    }
}
