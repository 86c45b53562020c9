/// A TorchScript archive of one module without attributes, whose class `M` has these methods.
func scriptArchive(
    _ code: String, modules: [UInt8]? = nil, constants: [UInt8]? = nil, entry: String = "code/__torch__.py"
) -> [UInt8] {
    zip([
        ("archive/data.pkl", modules ?? module()), ("archive/constants.pkl", constants ?? Array(").".utf8)),
        ("archive/\(entry)", Array(code.utf8)),
    ])
}

/// The pickle of a module, with attributes that `items` writes, name and value in turn.
func module(_ type: (module: String, name: String) = ("__torch__", "M"), _ items: (inout PickleBuilder) -> Void = { _ in })
    -> [UInt8]
{
    var builder = PickleBuilder()
    builder.global(type.module, type.name)
    builder.op(")")
    builder.raw([0x81])
    builder.op("}")
    builder.op("(")
    items(&builder)
    builder.op("u")
    builder.op("b")
    builder.op(".")
    return builder.bytes
}

/// The code of class `M` with this body of `forward`, each line indented by four.
func forward(_ body: String) -> String {
    """
    class M(Module):
      __parameters__ = []
      def forward(self: __torch__.M,
        input_ids: Tensor,
        mask: Tensor) -> Tensor:
    \(body)

    """
}
