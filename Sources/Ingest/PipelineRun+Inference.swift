internal import JSON

extension PipelineRun {
    /// Asks the model, and puts its answers where the processor says.
    func run(_ inference: InferenceProcessor, _ document: inout IngestDocument) async throws {
        guard let models else { throw IngestFault.badSimulation("there are no models") }
        let modelID = JSONValue.string(inference.modelID)
        switch inference.form {
        case .fields(let all):
            var inputs: [InferenceProcessor.Input] = [], values: [IngestInput] = []
            for input in all {
                guard let value = document.find(input.field), !value.isNull else {
                    // Elasticsearch embeds an empty text then; we leave the field out.
                    if inference.ignoresMissing { continue }
                    throw IngestFault.noSuchField(input.field.last, path: input.field.text)
                }
                guard let text = value.string else {
                    throw IngestFault.wrongType(input.field.text, actual: value.typeName, expected: "java.lang.String")
                }
                inputs.append(input)
                values.append(input.isPicture ? .picture(text) : .value(text))
            }
            if values.isEmpty { return }
            let results = try await models.infer(inference.modelID, values)
            for (number, (input, result)) in zip(inputs, results).enumerated() {
                let base = input.base.map { $0 + "." } ?? ""
                try document.set(FieldPath(base + input.output), .floats(result.values))
                if result.isTruncated { try document.set(FieldPath(base + "is_truncated"), true) }
                if number == 0 { try document.set(FieldPath(base + "model_id"), modelID) }
            }
        case .target(let target, let map):
            var fields = JSONMembers((document.fields.object ?? [:]).map { ($0.key, $0.value) })
            for (field, name) in map {
                guard let value = document.find(field) else { continue }
                fields[name] = value
            }
            guard let result = try await models.infer(inference.modelID, [.fields(fields)]).first else { return }
            var object: JSONMembers = [inference.resultsField ?? result.resultsField: .floats(result.values)]
            if result.isTruncated { object["is_truncated"] = true }
            object["model_id"] = modelID
            try document.set(FieldPath(target), .object(object))
        }
    }
}
