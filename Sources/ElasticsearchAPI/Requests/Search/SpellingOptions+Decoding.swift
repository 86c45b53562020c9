internal import JSON
internal import Query

extension SpellingOptions {
    /// - Returns: whether the member is one of these.
    mutating func take(_ field: Field) throws(ParseError) -> Bool {
        switch field.name {
        case "suggest_mode":
            let text = try field.string().lowercased()
            guard let mode = Mode(rawValue: text) else {
                throw .argument("No enum constant org.elasticsearch.search.suggest.SuggestMode.\(text.uppercased())", at: field.path)
            }
            self.mode = mode
        case "max_edits":
            maximumEdits = try field.int()
            guard (1...2).contains(maximumEdits) else { throw .argument("maxEdits must be between 1 and 2", at: field.path) }
        case "prefix_length": prefixLength = try field.count()
        case "min_word_length", "min_word_len": minimumWordLength = try field.positive()
        case "max_inspections": maximumInspections = try field.count()
        case "min_doc_freq": minimumDocumentFrequency = try field.float()
        case "max_term_freq": maximumTermFrequency = try field.float()
        case "accuracy": accuracy = try field.float()
        case "string_distance":
            let name = try field.string().lowercased()
            guard let distance = StringDistance(rawValue: name) else {
                throw .argument("Illegal distance option \(name)", at: field.path)
            }
            self.distance = distance
        default: return false
        }
        return true
    }
}

extension Field {
    func positive() throws(ParseError) -> Int {
        let value = try int()
        guard value > 0 else { throw .argument("\(name) must be positive", at: path) }
        return value
    }
}
