public import Indices

extension Notice {
    /// What Elasticsearch's `Warning` headers say.
    public var warnings: [String] {
        switch self {
        case .dottedName(let name):
            return [
                "index name [\(name)] starts with a dot '.', in the next major version, index names starting with a dot are reserved "
                    + "for hidden indices and system indices"
            ]
        case .severalLegacyTemplates(let index, let templates):
            return [
                "index [\(index)] matches multiple legacy templates [\(templates.joined(separator: ", "))], composable templates will "
                    + "only match a single template"
            ]
        case .templateHidesOlder(let name, let patterns, let older):
            let names = older.map(\.name).joined(separator: ",")
            return [
                "index template [\(name)] has index patterns [\(patterns.joined(separator: ", "))] matching patterns from existing older "
                    + "templates [\(names)] with patterns (\(Self.list(older))); this template [\(name)] will take precedence during new "
                    + "index creation"
            ]
        case .olderTemplateMayBeHidden(let name, let patterns, let newer):
            let names = newer.map(\.name).joined(separator: ",")
            return [
                "legacy template [\(name)] has index patterns [\(patterns.joined(separator: ", "))] matching patterns from existing "
                    + "composable templates [\(names)] with patterns (\(Self.list(newer))); this template [\(name)] may be ignored in "
                    + "favor of a composable template at index creation time"
            ]
        }
    }

    private static func list(_ templates: [Notice.Template]) -> String {
        templates.map { "\($0.name) => [\($0.patterns.joined(separator: ", "))]" }.joined(separator: ",")
    }
}
