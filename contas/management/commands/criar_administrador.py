"""``manage.py criar_administrador``: the first administrator, without a password in any hand."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from contas.convites import convidar
from contas.documentos_pessoais import cpf_valido, limpar_cpf
from contas.models import Convite, Usuario


class Command(BaseCommand):
    help = "Envia por e-mail o link com que um administrador cria a senha. Quem já tem conta é promovido."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cpf", required=True)
        parser.add_argument("--nome", required=True, help="nome completo")
        parser.add_argument("--email", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        cpf = limpar_cpf(options["cpf"])
        if not cpf_valido(cpf):
            raise CommandError("CPF inválido. Confira os 11 números.")
        try:
            validate_email(options["email"])
        except ValidationError as erro:
            raise CommandError("E-mail inválido.") from erro
        usuario = Usuario.objects.filter(cpf=cpf).first()
        if usuario is not None:
            usuario.is_staff = usuario.is_superuser = True
            usuario.save(update_fields=["is_staff", "is_superuser"])
            self.stdout.write("Este CPF já tem conta: agora ela é de administrador. A senha não mudou.")
            return
        convidar(Convite.Motivo.EQUIPE, cpf, options["nome"], options["email"])
        self.stdout.write(f"O link para criar a senha foi enviado para {options['email']}.")
