internal import JSON

/// `tokenizer_config.json` and `special_tokens_map.json`, each of which may be missing.
struct TokenizerSettings {
    private let objects: [JSONObject]

    init(_ files: TokenizerFiles) throws(TokenizerError) {
        var objects: [JSONObject] = []
        for name in ["tokenizer_config.json", "special_tokens_map.json"] where files.has(name) {
            objects.append(try files.object(name))
        }
        self.objects = objects
    }

    func flag(_ key: String) -> Bool? {
        objects.lazy.compactMap { $0[key]?.bool }.first
    }

    func text(_ key: String) -> String? {
        objects.lazy.compactMap { $0[key]?.string }.first
    }

    /// The tokens by id that are recognised as they stand, if they are listed.
    func addedTokens() -> [AddedTokens.Token] {
        let listed = objects.lazy.compactMap { $0["added_tokens_decoder"]?.object }.first
        return (listed.map { Array($0) } ?? []).compactMap { key, value in
            guard let id = Int32(key), let entry = value.object, let content = entry["content"]?.string else { return nil }
            return AddedTokens.Token(
                content: content, id: id, stripsLeft: entry["lstrip"]?.bool ?? false,
                stripsRight: entry["rstrip"]?.bool ?? false)
        }
    }

    /// A special token, written as a string or as an object with `content`.
    func token(_ key: String) -> String? {
        objects.lazy.compactMap { $0[key]?.string ?? $0[key]?.object?["content"]?.string }.first
    }
}
