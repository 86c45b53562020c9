import NIOCore
import Testing

@testable import Server

@Suite struct PublicAddressTests {
    private func allows(_ text: String) throws -> Bool {
        PublicAddress.allows(try #require(try SocketAddress(ipAddress: text, port: 80).networkBytes))
    }

    @Test(arguments: ["1.1.1.1", "93.184.216.34", "172.15.255.255", "172.32.0.0", "100.63.0.1", "100.128.0.1", "223.255.255.255", "2606:4700::1111", "2a00:1450::5"])
    func publicOnesAre(_ address: String) throws {
        #expect(try allows(address))
    }

    @Test(arguments: [
        // This network, private, shared (CGNAT), loopback, link-local with the clouds' metadata, documentation, benchmarks.
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1",
        "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.19.255.255", "198.51.100.7",
        "203.0.113.9", "192.31.196.1", "192.52.193.1", "192.175.48.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
        // Loopback, unspecified, mapped, compatible, NAT64 of both prefixes, discard, unique local, link-local, site-local, multicast.
        "::1", "::", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1", "100::1",
        "fc00::1", "fd12:3456::1", "fe80::1", "fec0::1", "ff02::1",
        // Teredo, ORCHID, documentation, 6to4 of a private address, AS112.
        "2001::1", "2001:0:7f00:1::", "2001:10::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::", "2002:c0a8:101::1", "2620:4f:8000::1", "3fff::1",
    ])
    func othersAreNot(_ address: String) throws {
        #expect(try !allows(address))
    }

    @Test func whatIsNoAddressIsNot() {
        for count in [0, 3, 5, 15, 17] { #expect(!PublicAddress.allows([UInt8](repeating: 0x20, count: count))) }
    }
}
