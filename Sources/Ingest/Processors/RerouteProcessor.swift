internal import JSON

/// `reroute`: sends a document on to another index, whose own pipelines follow.
///
/// Source: https://www.elastic.co/docs/reference/enrich-processor/reroute-processor
struct RerouteProcessor: Sendable {
    private let destination: String?
    private let types: [Template]
    private let datasets: [Template]
    private let namespaces: [Template]

    init(_ options: inout Options) throws(IngestFault) {
        destination = try options.string("destination")
        let type = try options.strings("type"), dataset = try options.strings("dataset"), namespace = try options.strings("namespace")
        if destination != nil, type != nil || dataset != nil || namespace != nil {
            throw options.bad("destination", .exclusive("type, dataset, namespace"))
        }
        types = (type ?? ["{{data_stream.type}}"]).map(Template.init)
        datasets = (dataset ?? ["{{data_stream.dataset}}"]).map(Template.init)
        namespaces = (namespace ?? ["{{data_stream.namespace}}"]).map(Template.init)
    }

    func run(_ document: inout IngestDocument) throws(IngestFault) {
        if let destination {
            try Self.send(&document, to: destination)
            return
        }
        let current = document.metadata("_index") ?? ""
        let parts = current.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 3 else { throw .badDataStreamName(current) }
        // The dataset reaches to the first hyphen behind it: the namespace may hold hyphens.
        let type = Self.first(types, document, "\\/*?\"<>| ,#:-") ?? String(parts[0])
        let dataset = Self.first(datasets, document, "\\/*?\"<>| ,#:-") ?? String(parts[1])
        let namespace = Self.first(namespaces, document, "\\/*?\"<>| ,#:") ?? parts[2...].joined(separator: "-")
        try Self.send(&document, to: "\(type)-\(dataset)-\(namespace)")
        for (name, value) in [("type", type), ("dataset", dataset), ("namespace", namespace)] {
            try document.set(try FieldPath("data_stream.\(name)"), .string(value))
        }
        let event = try FieldPath("event.dataset")
        if document.has(event) { try document.set(event, .string(dataset)) }
    }

    private static func send(_ document: inout IngestDocument, to index: String) throws(IngestFault) {
        try document.set(try FieldPath("_index"), .string(index))
        document.isRerouted = true
    }

    /// The first that is not empty, as a part of a name may be written.
    private static func first(_ templates: [Template], _ document: IngestDocument, _ forbidden: String) -> String? {
        for template in templates {
            let text = template.render(document)
            if text.isEmpty { continue }
            return String(text.lowercased().map { forbidden.contains($0) ? "_" : $0 }.prefix(100))
        }
        return nil
    }
}
