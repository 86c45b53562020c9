/// How weights are kept, and with what the products of a linear layer are made.
public enum Precision: String, CaseIterable, Sendable {
    /// 32-bit floats: exact, to rounding.
    case f32
    /// Weights in bfloat16. Products with bfloat16 inputs where the CPU has instructions for them, else with floats.
    case bf16
    /// Weights in 8-bit integers with a scale for each output and block of inputs; inputs are rounded at each call.
    case int8
}
