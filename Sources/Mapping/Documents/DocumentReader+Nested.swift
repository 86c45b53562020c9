extension DocumentReader {
    /// Reads a nested object: what `body` reads becomes a document of its own, which comes before the one around it.
    ///
    /// - Throws: `DocumentParsingError.tooManyNestedObjects`, and what `body` throws.
    mutating func readNested(
        _ options: NestedOptions, path: String, _ body: (inout DocumentReader) throws(DocumentParsingError) -> Void
    ) throws(DocumentParsingError) {
        nestedCount += 1
        guard nestedCount <= nestedLimit else { throw .tooManyNestedObjects(limit: nestedLimit) }
        enclosing.append(result)
        let outer = nestedPath
        (result, nestedPath) = (ParsedDocument(), path)
        var object = ParsedDocument()
        do {
            // Whoever passes over what cannot be read goes on with the document around it.
            defer {
                object = result
                result = enclosing.popLast() ?? ParsedDocument()
                nestedPath = outer
            }
            try body(&self)
        }
        nested.append(NestedDocument(path: path, content: object))
        if options.isIncludedInParent { result.include(object) }
        guard options.isIncludedInRoot, !(options.isIncludedInParent && enclosing.isEmpty) else { return }
        if enclosing.isEmpty { result.include(object) } else { enclosing[0].include(object) }
    }

    /// Reads a copy of a value into the document that its target belongs to: the one being read, or one around it.
    mutating func copying(
        to target: String, _ body: (inout DocumentReader) throws(DocumentParsingError) -> Void
    ) throws(DocumentParsingError) {
        let owner = mapping.nestedPath(around: target) ?? ""
        guard owner != nestedPath, let level = level(of: owner) else { return try body(&self) }
        let inner = result
        result = enclosing[level]
        defer {
            enclosing[level] = result
            result = inner
        }
        try body(&self)
    }

    /// The place among the enclosing documents of the one with a path.
    private func level(of path: String) -> Int? {
        var levels = mapping.nestedPaths(on: nestedPath).dropLast().map { $0 }
        levels.insert("", at: 0)
        return levels.firstIndex(of: path).flatMap { enclosing.indices.contains($0) ? $0 : nil }
    }
}

extension ParsedDocument {
    /// Indexes of this document what is indexed of another. Of vectors, a field has one.
    mutating func include(_ other: ParsedDocument) {
        values += other.values
        points += other.points
        for feature in other.features where !features.contains(where: { $0.field == feature.field && $0.name == feature.name }) {
            features.append(feature)
        }
        for text in other.texts {
            if let index = texts.firstIndex(where: { $0.field == text.field }) {
                texts[index].append(text)
            } else {
                texts.append(text)
            }
        }
        for vector in other.vectors where !vectors.contains(where: { $0.field == vector.field }) { vectors.append(vector) }
        fieldNames.formUnion(other.fieldNames)
    }
}
