internal import Files
internal import MatrixKernels

/// What the code of a TorchScript archive computes, in the words of our encoders.
struct TorchScriptModel {
    let kind: ModelLayout.TextSide.Kind
    /// By the names that the encoders ask for.
    let tensors: [String: StoredTensor]

    /// Traces the code and recognises the model.
    ///
    /// - Complexity: O(*operations*); no weight is read.
    /// - Throws: `WeightsError.script` if the code is not that of a known model, or `WeightsError` as of any torch archive.
    init(_ archive: TorchArchive) throws(WeightsError) {
        let script = try ScriptArchive(archive)
        var tracer = ScriptTracer(script)
        let result = try tracer.trace()
        let matcher = GraphMatcher(graph: tracer.graph, archive: script)
        var parts = ModelParts(file: archive.file.path)
        self.kind = try matcher.model(result, &parts)
        var tensors: [String: StoredTensor] = [:]
        for (name, tensor) in parts.tensors { tensors[name] = try archive.stored(tensor, name: name) }
        self.tensors = tensors
    }
}

/// The tensors of a model by the names that its encoder asks for.
struct ModelParts {
    /// The archive.
    let file: String
    private(set) var tensors: [String: TorchTensor] = [:]

    init(file: String) { self.file = file }

    mutating func add(_ name: String, _ tensor: TorchTensor?) { tensors[name] = tensor }

    mutating func add(_ name: String, _ layer: GraphMatcher.Projection) {
        add("\(name).weight", layer.weight)
        add("\(name).bias", layer.bias)
    }

    mutating func add(_ name: String, _ norm: GraphMatcher.Norm) {
        add("\(name).weight", norm.weight)
        add("\(name).bias", norm.bias)
    }

    mutating func add(_ layer: GraphMatcher.Layer, _ names: LayerNames) {
        add(names.query, layer.attention.query)
        add(names.key, layer.attention.key)
        add(names.value, layer.attention.value)
        add(names.attentionOutput, layer.attentionOutput)
        add(names.up, layer.up)
        add(names.down, layer.down)
        add(names.attentionNorm, layer.attentionNorm)
        add(names.outputNorm, layer.outputNorm)
    }
}
