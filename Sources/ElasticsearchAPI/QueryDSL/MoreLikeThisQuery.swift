internal import JSON
internal import Query

extension QueryDecoder {
    private enum Key: String, BodyKey {
        case fields, like, unlike, analyzer, include, boost
        case maximumTerms = "max_query_terms"
        case minimumTermFrequency = "min_term_freq"
        case minimumDocumentFrequency = "min_doc_freq"
        case maximumDocumentFrequency = "max_doc_freq"
        case minimumWordLength = "min_word_length"
        case maximumWordLength = "max_word_length"
        case stopWords = "stop_words"
        case minimumShouldMatch = "minimum_should_match"
        case termBoost = "boost_terms"
        case failsOnUnsupportedField = "fail_on_unsupported_field"
        case name = "_name"
    }

    private enum ItemKey: String, BodyKey {
        case index = "_index"
        case id = "_id"
        case doc, fields, routing, version
        case oldRouting = "_routing"
        case analyzers = "per_field_analyzer"
        case versionType = "version_type"
    }

    func moreLikeThis(_ body: Node) throws(ParseError) -> Query {
        var options = QueryOptions()
        var query = MoreLikeThisQuery()
        for (key, field) in try body.fields(Key.self, of: .query("more_like_this")) {
            switch key {
            case .fields:
                query.fields = try field.strings()
                if query.fields.isEmpty {
                    throw .argument("[more_like_this] query requires 'fields' to be non-empty", at: field.path)
                }
            case .like: query.like = try items(field)
            case .unlike: query.unlike = try items(field)
            case .analyzer: query.analyzer = try field.string()
            case .include: query.includesItems = try field.bool()
            case .maximumTerms: query.maximumTerms = try field.count()
            case .minimumTermFrequency: query.minimumTermFrequency = try field.count()
            case .minimumDocumentFrequency: query.minimumDocumentFrequency = try field.count()
            case .maximumDocumentFrequency: query.maximumDocumentFrequency = try field.count()
            case .minimumWordLength: query.minimumWordLength = try field.count()
            case .maximumWordLength: query.maximumWordLength = try field.count()
            case .stopWords: query.stopWords = Set(try field.strings())
            case .minimumShouldMatch: query.minimumShouldMatch = try field.minimumShouldMatch()
            case .termBoost: query.termBoost = try field.float()
            case .failsOnUnsupportedField: query.failsOnUnsupportedField = try field.bool()
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            }
        }
        guard !query.like.isEmpty else { throw .argument("[more_like_this] requires 'like' to be specified", at: body.path) }
        return options.query(.moreLikeThis(query))
    }

    private func items(_ field: Field) throws(ParseError) -> [MoreLikeThisQuery.Item] {
        var found: [MoreLikeThisQuery.Item] = []
        for node in field.oneOrMany() {
            if let text = node.text {
                found.append(.text(text))
                continue
            }
            var index: String?, id: String?, routing: String?, document: [UInt8]?
            for (key, member) in try node.fields(ItemKey.self, of: .object("like")) {
                switch key {
                case .index: index = try member.text()
                case .id: id = try member.text()
                case .doc: document = JSONValue(member.element).serialized()
                case .routing, .oldRouting: routing = try member.text()
                case .fields, .version, .analyzers, .versionType: break
                }
            }
            if let document {
                found.append(.document(document, id: nil))
            } else if let id {
                found.append(.stored(index: index, id: id, routing: routing))
            } else {
                throw .argument("like item requires [_id] or [doc]", at: node.path)
            }
        }
        return found
    }
}
