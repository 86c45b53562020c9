internal import JSON

extension JSONObject {
    /// The members as tokens with their ids, for an object that is a vocabulary.
    func tokenIDs(file: String) throws(TokenizerError) -> [(token: String, id: Int32)] {
        var tokens: [(token: String, id: Int32)] = []
        for (token, value) in self {
            guard let id = value.int.flatMap(Int32.init(exactly:)), id >= 0 else {
                throw .malformed(file: file, reason: "[\(token)] is not an id")
            }
            tokens.append((token, id))
        }
        return tokens
    }
}
