internal import JSON

/// `image`: records what can be seen of a picture without a model, and what its camera wrote into it. Ours.
struct ImageProcessor: Sendable {
    let field: FieldPath
    let target: FieldPath
    let properties: PictureProperties
    let ignoresMissing: Bool
    /// Takes the field away that the picture stands in.
    let removesSource: Bool

    init(_ options: inout Options) throws(IngestFault) {
        field = try options.path()
        target = try FieldPath(try options.string("target_field") ?? "image")
        ignoresMissing = try options.flag("ignore_missing")
        removesSource = try options.flag("remove_binary")
        var properties = PictureProperties.standard
        if let names = try options.strings("properties") {
            properties.wanted = []
            for name in names {
                guard let property = PictureProperties.Property(rawValue: name) else {
                    throw options.bad("properties", .notOneOf(name, PictureProperties.Property.allCases.map(\.rawValue)))
                }
                properties.wanted.insert(property)
            }
        }
        if let value = options.take("thumbnail_size") {
            guard case .int(let side) = value, PictureProperties.thumbnailSides.contains(side) else {
                throw options.wrong("thumbnail_size", "number from 16 to 1024", value)
            }
            properties.thumbnailSide = side
        }
        self.properties = properties
    }
}

extension PipelineRun {
    func run(_ image: ImageProcessor, _ document: inout IngestDocument) async throws {
        guard let value = document.find(image.field), !value.isNull else {
            if image.ignoresMissing { return }
            throw IngestFault.fieldMissing(image.field.text)
        }
        guard let reference = value.string else {
            throw IngestFault.wrongType(image.field.text, actual: value.typeName, expected: "java.lang.String")
        }
        guard let pictures else { throw IngestFault.badSimulation("there are no pictures") }
        let members = try await pictures(reference, image.properties)
        if image.removesSource { try document.remove(image.field) }
        try document.set(image.target, .object(members))
    }
}
