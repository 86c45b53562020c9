/// A certificate of 127.0.0.1 that vouches for itself until 2126, with its key: of use to nobody but a test's server.
enum TestAuthority {
    static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBrDCCAVOgAwIBAgIUCE6yKJL6f8DiVhhnQdsh6OWYg9UwCgYIKoZIzj0EAwIw
        HTEbMBkGA1UEAwwSYSB0ZXN0J3MgYXV0aG9yaXR5MCAXDTI2MTEyNjA5MzE1NVoY
        DzIxMjYxMTAyMDkzMTU1WjAdMRswGQYDVQQDDBJhIHRlc3QncyBhdXRob3JpdHkw
        WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQihfcE6+67vNfDLCNyupIpCa4Rtl7s
        pcri3QipxL4Eng39y7Sf5eqhgNhazRIYhLwIgtN2fGXYc4V7COqHZD7ro28wbTAd
        BgNVHQ4EFgQUUl765QXkDOoOY7O/f0mIEP1KZkgwHwYDVR0jBBgwFoAUUl765QXk
        DOoOY7O/f0mIEP1KZkgwGgYDVR0RBBMwEYcEfwAAAYIJbG9jYWxob3N0MA8GA1Ud
        EwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIgOsAoUjnlJ3dpqSs+6h/45mLB
        oftY2X/V7SN/29Iy6cgCIDvVQK3OTUPb6V4U7nebWwVGEmhQDgEBJ6yUw+IYqPvi
        -----END CERTIFICATE-----
        """

    static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgF0Lk2cOKHfJhDein
        BHmlEj9+9NcUc6pvzCy6AFNxxxWhRANCAAQihfcE6+67vNfDLCNyupIpCa4Rtl7s
        pcri3QipxL4Eng39y7Sf5eqhgNhazRIYhLwIgtN2fGXYc4V7COqHZD7r
        -----END PRIVATE KEY-----
        """
}
