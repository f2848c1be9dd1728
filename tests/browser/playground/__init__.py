"""The four jobs in Microsoft's own local client, as a person does them."""
