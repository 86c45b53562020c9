extension ParsedDocument {
    /// Makes the nested objects those that were written once: an object of each path given, in this order, with what there is of it.
    ///
    /// What was parsed may have more, where a mapping has nested objects that it did not have then.
    public mutating func alignNested(to paths: [String]) {
        if nested.count == paths.count, zip(nested, paths).allSatisfy({ $0.path == $1 }) { return }
        var parsed = Dictionary(grouping: nested, by: \.path).mapValues { $0[...] }
        nested = paths.map { path in
            parsed[path]?.popFirst() ?? NestedDocument(path: path, content: ParsedDocument())
        }
    }
}
