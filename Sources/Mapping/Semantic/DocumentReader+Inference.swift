internal import JSON

extension DocumentReader {
    /// Indexes what models made of the document's semantic fields: each chunk is a nested object with a vector. What the mapping
    /// does not know of a model yet is added to it.
    ///
    /// - Throws: `DocumentParsingError.malformedVector`, `.incompatibleModel`, `.tooManyNestedObjects`.
    mutating func add(_ inference: InferenceFields) throws(DocumentParsingError) {
        for (path, made) in inference.fields.sorted(by: { $0.key < $1.key }) {
            guard let options = mapping.semanticFields[path] else { continue }
            if let known = options.model {
                guard known.isCompatible(with: made.model) else {
                    throw .incompatibleModel(field: path, known: known, made: made.model)
                }
            } else {
                learn(made.model, of: path)
            }
            let vectorOptions = options.vectorOptions(of: made.model), embeddings = SemanticPaths.embeddings(of: path)
            for chunk in made.sources.flatMap(\.chunks) {
                if let problem = vectorOptions.problem(with: chunk.embedding) {
                    throw .malformedVector(field: embeddings, problem: problem)
                }
                nestedCount += 1
                guard nestedCount <= nestedLimit else { throw .tooManyNestedObjects(limit: nestedLimit) }
                var content = ParsedDocument()
                content.fieldNames = [embeddings]
                content.vectors = [.init(field: embeddings, options: vectorOptions, values: chunk.embedding)]
                nested.append(NestedDocument(path: SemanticPaths.chunks(of: path), content: content))
                result.fieldNames.insert(path)
            }
        }
    }

    /// Puts a model's settings into the mapping: of a multi-field, into its parent.
    private mutating func learn(_ model: SemanticModelSettings, of path: String) {
        guard let field = mapping.leaves[path] else { return }
        let names = path.split(separator: ".").map(String.init)
        let parentPath = names.dropLast().joined(separator: ".")
        if let name = names.last, var parent = mapping.leaves[parentPath] {
            if case .field(let changed)? = additions[parentPath] { parent = changed }
            parent.fields[name] = field.knowing(model)
            additions[parentPath] = .field(parent)
        } else {
            var changed = field.knowing(model)
            if case .field(let added)? = additions[path] { changed.fields = added.fields }
            additions[path] = .field(changed)
        }
    }
}
