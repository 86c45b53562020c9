internal import FoundationEssentials
internal import JSON

extension TokenizerJSON {
    /// The tokenizer of a byte-pair model over characters, or of a unigram model, by the file's own steps.
    ///
    /// - Parameter lowercases: Whether texts are lowercased first, whatever the file says.
    func pipeline(lowercases: Bool) throws(TokenizerError) -> PipelineTokenizer {
        let added = try addedTokens(), tokens = added.map { (token: $0.content, id: $0.id) }
        let (pieces, vocabulary) =
            model["type"]?.string == "Unigram" ? try unigram(adding: tokens) : try bytePair(adding: tokens)
        return PipelineTokenizer(
            added: added, steps: (lowercases ? [.lowercase] : []) + (try steps(root["normalizer"], "normalizer")),
            splitter: try splitter(), pieces: pieces, ends: try ends(vocabulary))
    }

    // MARK: - models

    private func bytePair(
        adding added: [(token: String, id: Int32)]
    ) throws(TokenizerError) -> (PipelineTokenizer.Pieces, Vocabulary) {
        for field in ["continuing_subword_prefix", "end_of_word_suffix"] {
            if let text = model[field]?.string, !text.isEmpty { throw unsupported("model.\(field)", text) }
        }
        if let dropout = model["dropout"]?.double, dropout != 0 { throw unsupported("model.dropout", "\(dropout)") }
        let pieces = try vocabulary(adding: []), vocabulary = try vocabulary(adding: added)
        var triples: [(Int32, Int32, Int32)] = []
        for merge in try merges() {
            guard let left = pieces[merge.left], let right = pieces[merge.right], let both = pieces[merge.left + merge.right]
            else { throw .missingToken(file: file, token: merge.left + merge.right) }
            triples.append((left, right, both))
        }
        let usesBytes = model["byte_fallback"]?.bool ?? false
        let bytePair = BytePairModel(
            vocabulary: pieces, merges: PairMerges(triples), unknown: model["unk_token"]?.string.flatMap { pieces[$0] },
            fusesUnknown: model["fuse_unk"]?.bool ?? false, byteSymbols: usesBytes ? ByteToken.all.map { pieces[$0] } : nil,
            takesWholeWords: model["ignore_merges"]?.bool ?? false)
        return (.bytePair(bytePair), vocabulary)
    }

    private func unigram(
        adding added: [(token: String, id: Int32)]
    ) throws(TokenizerError) -> (PipelineTokenizer.Pieces, Vocabulary) {
        guard let list = model["vocab"]?.array else { throw malformed("[model.vocab] is not a list") }
        var pieces: [(token: String, id: Int32)] = [], scores: [Double] = []
        for element in list {
            var members = element.array?.makeIterator()
            guard let token = members?.next()?.string, let score = members?.next()?.double, score.isFinite,
                members?.next() == nil, let id = Int32(exactly: pieces.count)
            else { throw malformed("[model.vocab] holds something that is not a piece and its score") }
            pieces.append((token, id))
            scores.append(score)
        }
        guard let unknown = model["unk_id"]?.int, pieces.indices.contains(unknown) else {
            throw malformed("[model.unk_id] is no piece")
        }
        let vocabulary = Vocabulary(pieces + added), own = Vocabulary(pieces)
        var bytes: [Int32]?
        if model["byte_fallback"]?.bool == true {
            let known = ByteToken.all.compactMap { own[$0] }
            guard known.count == 256 else { throw malformed("[model.vocab] has not all 256 bytes") }
            bytes = known
        }
        let unigram = UnigramModel(
            pieces: pieces, scores: scores, unknown: Int32(truncatingIfNeeded: unknown), byteSymbols: bytes)
        return (.unigram(unigram), vocabulary)
    }

    // MARK: - steps

    private func steps(_ element: JSONElement?, _ path: String) throws(TokenizerError) -> [NormalizerStep] {
        guard let element, !element.isNull else { return [] }
        guard let step = element.object else { throw malformed("[\(path)] is not an object") }
        switch step["type"]?.string {
        case "Sequence":
            let parts = step["normalizers"]?.array.map { Array($0) } ?? []
            var steps: [NormalizerStep] = []
            for (index, part) in parts.enumerated() {
                // A sequence in a sequence would go as deep as JSON may.
                if part.object?["type"]?.string == "Sequence" { throw unsupported("\(path)[\(index)].type", "Sequence") }
                steps += try self.steps(part, "\(path)[\(index)]")
            }
            return steps
        case "Lowercase": return [.lowercase]
        case "NFC": return [.composed]
        case "NFD": return [.decomposed]
        case "Strip": return [.strip(left: step["strip_left"]?.bool ?? true, right: step["strip_right"]?.bool ?? true)]
        case "Prepend": return [.prepend(Array((step["prepend"]?.string ?? "").unicodeScalars))]
        case "Replace":
            let replacement = Array((step["content"]?.string ?? "").unicodeScalars)
            return [.replace(try pattern(step["pattern"], "\(path).pattern"), with: replacement)]
        case "Precompiled":
            guard let text = step["precompiled_charsmap"]?.string, let bytes = Data(base64Encoded: text),
                let map = CharacterMap(Array(bytes)[...])
            else { throw malformed("[\(path).precompiled_charsmap] is no map of characters") }
            return [.map(map)]
        case let type: throw unsupported("\(path).type", type)
        }
    }

    private func pattern(_ element: JSONElement?, _ path: String) throws(TokenizerError) -> ScalarPattern {
        if let text = element?.object?["String"]?.string { return ScalarPattern(text: text) }
        let expression = element?.object?["Regex"]?.string
        guard let pattern = expression.flatMap(ScalarPattern.init(expression:)) else { throw unsupported(path, expression) }
        return pattern
    }

    private func splitter() throws(TokenizerError) -> WordSplitter {
        guard let element = root["pre_tokenizer"], !element.isNull else { return .none }
        let step = element.object
        switch step?["type"]?.string {
        case "Split":
            guard try pattern(step?["pattern"], "pre_tokenizer.pattern") == ScalarPattern(text: " "),
                step?["behavior"]?.string == "MergedWithPrevious", step?["invert"]?.bool != true
            else { throw unsupported("pre_tokenizer.behavior", step?["behavior"]?.string) }
            return .spaces
        case "Metaspace":
            let mark = Array((step?["replacement"]?.string ?? "▁").unicodeScalars)
            guard mark.count == 1 else { throw unsupported("pre_tokenizer.replacement", String(mark)) }
            // Old files have a flag instead of the scheme.
            let scheme = step?["prepend_scheme"]?.string ?? (step?["add_prefix_space"]?.bool == false ? "never" : "always")
            guard let prefix = WordSplitter.Prefix(rawValue: scheme) else {
                throw unsupported("pre_tokenizer.prepend_scheme", scheme)
            }
            return .marks(mark[0], prefix: prefix, cuts: step?["split"]?.bool ?? true)
        case let type: throw unsupported("pre_tokenizer.type", type)
        }
    }

    /// What the post-processor puts before and behind a text, either or both.
    private func ends(_ vocabulary: Vocabulary) throws(TokenizerError) -> TokenizedText.Ends {
        guard let element = root["post_processor"], !element.isNull else { return (nil, nil) }
        guard element.object?["type"]?.string == "TemplateProcessing" else {
            throw unsupported("post_processor.type", element.object?["type"]?.string)
        }
        let template = element.object?["single"]?.array?.map { $0.object?["SpecialToken"]?.object?["id"]?.string } ?? []
        guard let place = template.firstIndex(of: nil), place <= 1, template.count - place <= 2,
            template.count(where: { $0 == nil }) == 1
        else { throw malformed("[post_processor] does not put at most one token before and one behind the text") }
        func id(_ token: String?) throws(TokenizerError) -> Int32? {
            guard let token else { return nil }
            return try vocabulary.id(of: token, file: file)
        }
        return (try id(place == 1 ? template[0] : nil), try id(template.count - place == 2 ? template[place + 1] : nil))
    }

    private func addedTokens() throws(TokenizerError) -> [AddedTokens.Token] {
        var tokens: [AddedTokens.Token] = []
        for element in root["added_tokens"]?.array.map(Array.init) ?? [] {
            guard let entry = element.object, let content = entry["content"]?.string,
                let id = entry["id"]?.int.flatMap(Int32.init(exactly:)), id >= 0
            else { throw malformed("[added_tokens] holds something that is not a token") }
            if entry["single_word"]?.bool == true { throw unsupported("added_tokens.single_word", content) }
            tokens.append(
                AddedTokens.Token(
                    content: content, id: id, stripsLeft: entry["lstrip"]?.bool ?? false,
                    stripsRight: entry["rstrip"]?.bool ?? false, isNormalised: entry["normalized"]?.bool ?? false))
        }
        return tokens
    }
}
